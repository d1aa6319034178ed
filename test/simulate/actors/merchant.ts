import { takeRefundNotice } from '../../../src/cloud/use-cases/take-refund-notice'
import type { Fen } from '../../../src/core/money'
import { endRefund } from './refund-ends'
import { invoke, MINUTE_MS, pause, SECOND_MS, type Stage } from './stage'

/** For two hours. */
const LOOKS = 240

/** Somebody of the merchant’s gives money back on WeChat’s own platform, past us, at times. */
export async function liveMerchant(stage: Stage): Promise<void> {
  const { chance, faults, books } = stage
  for (const time of [0, 1, 2]) {
    await pause(stage, chance.between(`merchant-at/${time}`, 1, time === 2 ? 960 : 60) * MINUTE_MS)
    if (chance.happens(`merchant-strange/${time}`, 0.1)) void strangeNotice(stage, String(time))
    const paid = books.weChat.paidShares()
    if (paid.length === 0 || !faults.inWorld(String(time), 'merchant-refund', 0.1)) continue
    const orderNumber = chance.pick(`merchant-of/${time}`, paid)
    books.weChat.refundByHand(orderNumber, chance.pick(`merchant-part/${time}`, [1, 1, 0.3]))
  }
}

/**
 * And at times at once, when the biller has not heard of it yet, and sooner still when we have not; or at the same time
 * as somebody here.
 */
export async function regretAtOnce(stage: Stage): Promise<void> {
  const { chance, faults, books, scheduler } = stage
  const seen = new Set<string>()
  for (let look = 0; look < LOOKS; look += 1) {
    await scheduler.sleepUntil(
      scheduler.now() + chance.between(`regret-at/${look}`, 10, 50) * SECOND_MS,
    )
    for (const orderNumber of books.weChat.paidShares()) {
      if (seen.has(orderNumber)) continue
      seen.add(orderNumber)
      const rate = books.weChat.toldWhole().has(orderNumber) ? 0.04 : 0.2
      if (!faults.inWorld(orderNumber, 'merchant-refund', rate)) continue
      const refundNumber = books.weChat.refundByHand(orderNumber, 1)
      if (refundNumber !== undefined && chance.happens(`regret-done/${orderNumber}`, 0.7))
        endRefund(stage, refundNumber)
    }
    const begun = books.weChat.refundsUnderWay().filter(({ byHand }) => !byHand)
    for (const asked of [...begun.map((one) => one.asked), ...books.weChat.refundsHeldUp()]) {
      if (seen.has(asked.refundNumber)) continue
      seen.add(asked.refundNumber)
      if (!faults.inWorld(asked.refundNumber, 'merchant-refund', 0.2)) continue
      const part = chance.pick(`twice-part/${asked.refundNumber}`, [1, 0.3])
      const refundNumber = books.weChat.refundByHand(asked.orderNumber, part)
      if (refundNumber !== undefined) endRefund(stage, refundNumber)
    }
  }
}

/** Of an order that another system of the same merchant’s made, or of one of ours that nobody paid. */
async function strangeNotice(stage: Stage, time: string): Promise<void> {
  const { chance, books, scheduler } = stage
  const orderNumber = chance.pick(`strange/${time}`, ['elsewhere-1', ...books.weChat.orders.keys()])
  const taken = await invoke(stage, `merchant/strange/${time}`, (ports) =>
    takeRefundNotice(ports, {
      state: 'done',
      refundNumber: `STRANGE-${time}`,
      orderNumber,
      wechatRefundId: `STRANGE-${time}`,
      createdAt: scheduler.now(),
      amount: 1 as Fen,
      payerAmount: 1 as Fen,
    }),
  )
  if (taken?.isTaken === true)
    stage.note(`law 13: a refund that WeChat does not know was taken in, of ${orderNumber}`)
}
