import { paymentIdOf } from '../../core/payment-id'
import type { RefundFact } from '../wechat/refund'
import type { Ports } from './ports'
import { takeInForeignRefund } from './take-in-refund'
import { takeRefundFact } from './take-refund-fact'

/**
 * Takes a verified notice of a refund in: of one of ours, or of one that somebody made on the merchant
 * platform for one of our orders. False when it is none of both, or cannot be taken in yet: WeChat repeats it.
 */
export async function takeRefundNotice(
  ports: Ports,
  fact: RefundFact,
): Promise<{ isTaken: boolean; answer: string }> {
  const known = await takeRefundFact(ports, fact)
  const paymentId = paymentIdOf(fact.orderNumber)
  if (known !== 'unknown-refund' || paymentId === null)
    return { isTaken: known !== 'unknown-refund' && known !== 'other-amount', answer: known }
  const { refundNumber, orderNumber, amount } = fact
  const { answer } = await takeInForeignRefund(ports, {
    paymentId,
    refundNumber,
    orderNumber,
    amount,
  })
  return { isTaken: answer === 'taken' || answer === 'before' || answer === 'closed', answer }
}
