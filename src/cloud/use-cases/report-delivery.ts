import { type ClaimedTask, finishTask } from '../postgres/outbox'
import { findDossier } from '../postgres/payments'
import type { Ports } from './ports'
import { wechatOrder } from './wechat-order'

/** Tells WeChat that what was paid for is delivered, where it manages the mini-program's trade. */
export async function reportDelivery(ports: Ports, task: ClaimedTask): Promise<void> {
  const dossier = await findDossier(ports.database, task.paymentId)
  if (dossier === undefined) throw new Error(`law 6: task without payment ${task.paymentId}`)
  await ports.weChatPay.reportDelivery(
    wechatOrder(ports, dossier),
    dossier.orders.flatMap((order) => order.transactionId ?? []),
  )
  await finishTask(ports.database, task, ports.now())
}
