import { type SimulatedOrder, totalOf } from './orders'

/**
 * Coupons of WeChat's own: what a resident holds makes the next payment cheaper by so much, and
 * WeChat gives the merchant the difference.
 */
export function createCoupons() {
  const held = new Map<string, number>()
  return {
    /** The next order that this resident pays costs so many fen less, its whole total at most. */
    give: (openid: string, fen: number): void => {
      held.set(openid, fen)
    },
    /** Spends the payer's coupon on a paid order, from its first share on. */
    redeem: (order: SimulatedOrder): void => {
      let left = Math.min(held.get(order.openid) ?? 0, totalOf(order))
      held.delete(order.openid)
      for (const share of order.shares) {
        const coupon = Math.min(left, share.amount)
        left -= coupon
        if (coupon > 0) share.coupon = coupon
      }
    },
  }
}
