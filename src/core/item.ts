import { followsBy } from './follows'
import type { PaymentState } from './payment'

/**
 * Where the posting of a paid item stands. `posting` is left only by the biller's word; `undone` was
 * taken back by who paid, before the biller was told.
 */
export type ItemState = 'unposted' | 'posting' | 'posted' | 'rejected' | 'undone'

export const canItemFollow = followsBy<ItemState>({
  unposted: ['posting', 'undone'],
  posting: ['posted', 'rejected'],
})

/** An item, whether its biller has taken the whole of its credit back, and whether all of it was given back unposted. */
type Held = { state: ItemState; isReversed: boolean; isGivenBack: boolean }

/**
 * Whether a payment that took a bill has let go of it: WeChat proved its order closed, the biller
 * refused the posting or took the whole of it back, or the item was taken back, or given back before its
 * posting. Until then a bill is not due again and a new revision of it has to wait, whatever the biller shows.
 */
export function hasReleased(payment: PaymentState, item: Held): boolean {
  return payment === 'closed' || (payment === 'paid' && isGivenUp(item))
}

function isGivenUp(item: Held): boolean {
  return item.state === 'rejected' || item.isReversed || wasNeverTold(item)
}

/** Its money is not there any more, and the biller never heard of it. */
function wasNeverTold({ state, isGivenBack }: Held): boolean {
  return state === 'undone' || isGivenBack
}

/**
 * Whether the bill of a paid item can be paid again: what was taken back, or given back before its posting, as
 * it is; what the biller refused or reversed only as a new revision.
 */
export function isDueAgain(item: Held & { revision: number }, billRevision: number): boolean {
  return wasNeverTold(item) || (isGivenUp(item) && item.revision < billRevision)
}
