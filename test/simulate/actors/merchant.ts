import { MINUTE_MS, pause, type Stage } from './stage'

/** Somebody of the merchant’s gives money back on WeChat’s own platform, past us, at times. */
export async function liveMerchant(stage: Stage): Promise<void> {
  const { chance, faults, books } = stage
  for (const time of [0, 1, 2]) {
    await pause(stage, chance.between(`merchant-at/${time}`, 1, time === 2 ? 960 : 60) * MINUTE_MS)
    const paid = books.weChat.paidShares()
    if (paid.length === 0 || !faults.inWorld(String(time), 'merchant-refund', 0.1)) continue
    const orderNumber = chance.pick(`merchant-of/${time}`, paid)
    books.weChat.refundByHand(orderNumber, chance.pick(`merchant-part/${time}`, [1, 1, 0.3]))
  }
}
