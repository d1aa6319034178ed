import { type ClaimedTask, finishTask } from '../postgres/outbox'
import { findDossier } from '../postgres/payment-dossiers'
import type { Ports } from './ports'
import { wechatOrder } from './wechat-order'

/**
 * Tells WeChat that what one of its transactions paid for is delivered, once the biller credited it;
 * only where WeChat manages the mini-program's trade.
 */
export async function reportDelivery(ports: Ports, task: ClaimedTask): Promise<void> {
  const dossier = await findDossier(ports.database, task.paymentId)
  const item = dossier?.items.find((one) => one.itemNo === task.itemNo)
  const paid = dossier?.orders.find((one) => one.orderNo === item?.orderNo)
  if (dossier === undefined || paid?.transactionId == null)
    throw new Error(`law 6: delivery without a transaction ${task.paymentId}`)
  await ports.weChatPay.reportDelivery(wechatOrder(ports, dossier), paid.transactionId)
  await finishTask(ports.database, task, ports.now())
}
