import type { MadePayment } from './made-day'

/** Moves a payment, and all that follows from it, to another moment. */
export function moveTo(payment: MadePayment, paidAt: number): void {
  const by = paidAt - payment.paidAt
  payment.paidAt += by
  payment.createdAt += by
  for (const item of payment.items) {
    item.postedAt += by
    if (item.credited !== undefined) item.credited.at += by
  }
}

/** WeChat was paid, our books do not know it, and the biller was not told. */
export function unsettle(payment: MadePayment, ours: 'awaiting' | 'closed' | 'unknown'): undefined {
  payment.ours = ours
  for (const item of payment.items) {
    item.ours = 'unposted'
    item.credited = undefined
  }
}
