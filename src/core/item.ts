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
