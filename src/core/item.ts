import type { PaymentState } from './payment'

/** Where the posting of a paid item stands. `posting` is left only by the biller's word. */
export type ItemState = 'unposted' | 'posting' | 'posted' | 'rejected'

export function canItemFollow(from: ItemState, to: ItemState): boolean {
  const next: Record<ItemState, readonly ItemState[]> = {
    unposted: ['posting'],
    posting: ['posted', 'rejected'],
    posted: [],
    rejected: [],
  }
  return from === to || next[from].includes(to)
}

/**
 * Whether a payment that took a bill has let go of it: WeChat proved its order closed, or the biller
 * refused the posting. Until then a bill is not due again and a new revision of it has to wait,
 * whatever the biller shows.
 */
export function hasReleased(payment: PaymentState, item: ItemState): boolean {
  return payment === 'closed' || (payment === 'paid' && item === 'rejected')
}
