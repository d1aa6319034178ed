import { nextRefundAskAt } from '../../core/waits'
import { type ClaimedTask, finishTask, postponeTask } from '../postgres/outbox'
import { findDossier } from '../postgres/payments'
import { refundsOf } from '../postgres/refunds'
import type { Ports } from './ports'
import { takeRefundFact } from './take-refund-fact'
import { wechatOrder } from './wechat-order'

/**
 * Sends an approved refund to WeChat, or asks about one that was sent, under the same number for ever,
 * until WeChat says how it ended. Accepted is not done. Throws WeChatPayFault, after which it is as
 * unknown as before.
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
  if (refund.state === 'done' || refund.state === 'closed')
    return finishTask(ports.database, task, ports.now())
  const asked = {
    refundNumber: refund.refundNumber,
    orderNumber: share.orderNumber,
    transactionId: share.transactionId,
    amount: refund.amountFen,
    reason: refund.reason,
  }
  const order = wechatOrder(ports, dossier)
  const known =
    refund.state === 'approved' ? undefined : await ports.weChatPay.queryRefund(order, asked)
  const fact = known ?? (await ports.weChatPay.refund(order, asked))
  const answer = await takeRefundFact(ports, fact)
  if (answer === 'unknown-refund' || answer === 'other-amount')
    throw new Error(`law 7: WeChat's refund ${refund.refundNumber} is not ours, ${answer}`)
  if (answer === 'on-its-way')
    await postponeTask(ports.database, task, nextRefundAskAt(refund.requestedAt, ports.now()))
}
