import type { Fen } from '../../core/money'
import { findDossier } from '../postgres/payment-dossiers'
import { type TakenIn, takeInRefund } from '../postgres/refunds'
import { signReceipts } from './credit-bills'
import type { Ports } from './ports'
import { finishByFact } from './take-refund-fact'
import { wechatOrder } from './wechat-order'

/** A refund as a notice or a line of the trade file names it. */
type ForeignRefund = {
  paymentId: string
  refundNumber: string
  orderNumber: string
  amount: Fen
}

/**
 * Takes in a refund that nobody here asked for: somebody made it on the merchant platform, and WeChat is
 * asked for its own word. What it takes from an item, or from several of its order, is not posted any more; where the
 * biller has credited it, a person is called, to settle that with the biller. Throws WeChatPayFault.
 */
export async function takeInForeignRefund(
  ports: Ports,
  { paymentId, refundNumber, orderNumber, amount }: ForeignRefund,
): Promise<
  Pick<TakenIn, 'isCredited'> & { answer: TakenIn['answer'] | 'unknown-refund' | 'closed' }
> {
  const dossier = await findDossier(ports.database, paymentId)
  const share = dossier?.orders.find((one) => one.orderNumber === orderNumber)
  if (dossier === undefined || share === undefined)
    return { answer: 'unknown-payment', isCredited: false }
  if (share.transactionId === null) return { answer: 'not-paid', isCredited: false }
  const { transactionId } = share
  const asked = { refundNumber, orderNumber, transactionId, amount, reason: '' }
  const fact = await ports.weChatPay.queryRefund(wechatOrder(ports, dossier), asked)
  if (fact?.createdAt === undefined || fact.orderNumber !== orderNumber)
    return { answer: 'unknown-refund', isCredited: false }
  const taken = await takeInRefund(
    ports.database,
    {
      paymentId,
      refundNumber,
      wechatRefundId: fact.wechatRefundId,
      orderNumber,
      amountFen: fact.amount,
      createdAt: fact.createdAt,
    },
    ports.now(),
  )
  if (taken.refundNo === undefined)
    // What moved nothing needs no place in the books.
    return fact.state === 'closed' ? { answer: 'closed', isCredited: false } : taken
  await signReceipts(ports, paymentId)
  const ended = await finishByFact(ports, { paymentId, refundNo: taken.refundNo }, fact)
  return ended === 'unknown-refund' || ended === 'other-amount'
    ? { answer: 'unknown-refund', isCredited: false }
    : taken
}
