import type { RefundState } from '../../core/refund'
import { nextRefundAskAt } from '../../core/waits'
import { type ClaimedTask, handToPerson, postponeTask } from '../postgres/outbox'
import { findDossier } from '../postgres/payment-dossiers'
import { beginRefund, endRefundTask, refundsOf, type StoredRefund } from '../postgres/refunds'
import type { Order } from '../wechat/order'
import type { Refund, RefundFact } from '../wechat/refund'
import { WeChatPayFault } from '../wechat/we-chat-pay-fault'
import { signReceipts } from './credit-bills'
import type { Ports } from './ports'
import { takeInForeignRefund } from './take-in-refund'
import { takeRefundFact } from './take-refund-fact'
import { wechatOrder } from './wechat-order'

const ENDED: readonly RefundState[] = ['done', 'closed', 'declined']
/** How far apart the refunds of an order are begun, as begin_refund has it. */
const APART_MS = 60_000

/**
 * Sends an approved refund to WeChat, or asks about one that may be there, under the same number for ever, until WeChat
 * says how it ended. Accepted is not done; what WeChat’s rules refuse is a person’s, and so is what somebody may have
 * given back past us, or what is left of the item of one that came to nothing. One that was withdrawn, and that WeChat
 * has all the same, is taken in like any that was made past us. Throws WeChatPayFault, after which it is as unknown as
 * before.
 */
export async function sendRefund(ports: Ports, task: ClaimedTask): Promise<void> {
  const [dossier, refunds] = await Promise.all([
    findDossier(ports.database, task.paymentId),
    refundsOf(ports.database, task.paymentId),
  ])
  const refund = refunds.find((one) => one.refundNo === task.itemNo)
  const item = dossier?.items.find((one) => one.itemNo === refund?.itemNo)
  const share = dossier?.orders.find((one) => one.orderNo === item?.orderNo)
  if (dossier === undefined || refund === undefined || share?.transactionId == null)
    throw new Error(`law 7: a refund without a paid item, ${task.paymentId}`)
  await signReceipts(ports, task.paymentId)
  if (ENDED.includes(refund.state)) return endRefundTask(ports.database, refund, ports.now())
  if (refund.needsReversal && refund.reversedAt === null)
    throw new Error(`law 7: refund ${refund.refundNumber} before the biller’s reversal`)
  const asked = {
    refundNumber: refund.refundNumber,
    orderNumber: share.orderNumber,
    transactionId: share.transactionId,
    amount: refund.amountFen,
    reason: refund.reason,
  }
  const order = wechatOrder(ports, dossier)
  const askNextAt = () => nextRefundAskAt(refund.requestedAt, ports.now())
  const now = ports.now()
  const isNew = refund.state === 'approved' && refund.begunAt === null
  const known = isNew ? undefined : await ports.weChatPay.queryRefund(order, asked)
  if (known === undefined && refund.rule === 'merchant-platform')
    throw new Error(`law 13: WeChat no longer knows the refund ${refund.refundNumber}`)
  if (known === undefined && refund.state === 'approved') {
    const begun = await beginRefund(ports.database, refund, now)
    if (begun === 'too-soon') return postponeTask(ports.database, task, now + APART_MS)
    if (begun === 'later') return postponeTask(ports.database, task, askNextAt())
    if (begun !== 'begun') return
  }
  const fact = known ?? (await send(ports, order, asked))
  if (fact === undefined) return handToPerson(ports.database, task, 'refund-refused', ports.now())
  const answer = await takeRefundFact(ports, fact)
  if (answer === 'unknown-refund' && (await isWithdrawn(ports, refund))) {
    await takeInForeignRefund(ports, { paymentId: task.paymentId, ...asked })
    return
  }
  if (answer === 'unknown-refund' || answer === 'other-amount')
    throw new Error(`law 7: WeChat's refund ${refund.refundNumber} is not ours, ${answer}`)
  if (answer === 'on-its-way' || fact.state === 'abnormal')
    await postponeTask(ports.database, task, askNextAt())
}

/**
 * Undefined when WeChat’s rules allow this refund never, and it did not take it before: more of the order is given back
 * than is left of it. INVALIDREQUEST, as it is spelled here, is that; too low a balance has a code of its own.
 * pay.weixin.qq.com, 申请退款
 */
async function send(ports: Ports, order: Order, asked: Refund): Promise<RefundFact | undefined> {
  try {
    return await ports.weChatPay.refund(order, asked)
  } catch (error) {
    if (error instanceof WeChatPayFault && error.code === 'INVALIDREQUEST')
      return ports.weChatPay.queryRefund(order, asked)
    throw error
  }
}

/** Somebody withdrew it while it was on its way. */
async function isWithdrawn(ports: Ports, { paymentId, refundNo }: StoredRefund): Promise<boolean> {
  const refunds = await refundsOf(ports.database, paymentId)
  return refunds.find((one) => one.refundNo === refundNo)?.state === 'declined'
}
