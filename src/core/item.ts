import type { PaymentState } from './payment'

/**
 * Where the posting of a paid item stands. `posting` is left only by the biller's word; `undone` was
 * taken back by who paid, before the biller was told.
 */
export type ItemState = 'unposted' | 'posting' | 'posted' | 'rejected' | 'undone'

export function canItemFollow(from: ItemState, to: ItemState): boolean {
  const next: Record<ItemState, readonly ItemState[]> = {
    unposted: ['posting', 'undone'],
    posting: ['posted', 'rejected'],
    posted: [],
    rejected: [],
    undone: [],
  }
  return from === to || next[from].includes(to)
}

/**
 * Whether a payment that took a bill has let go of it: WeChat proved its order closed, the biller
 * refused the posting, or the item was taken back. Until then a bill is not due again and a new
 * revision of it has to wait, whatever the biller shows.
 */
export function hasReleased(payment: PaymentState, item: ItemState): boolean {
  return payment === 'closed' || (payment === 'paid' && (item === 'rejected' || item === 'undone'))
}

/**
 * Whether the bill of a paid item can be paid again: what was taken back as it is, what the biller
 * refused only as a new revision.
 */
export function isDueAgain(
  item: { state: ItemState; revision: number },
  billRevision: number,
): boolean {
  return item.state === 'undone' || (item.state === 'rejected' && item.revision < billRevision)
}
