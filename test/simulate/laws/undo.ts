import type { Snapshot } from '../snapshot'
import { type Books, bookedPosting, keyOf } from './books'

/**
 * Laws 2, 7, 12 and 13 of what was taken back: no bill is credited with it, no biller hears of it, its
 * money goes back whole, and who was told so was told the truth.
 */
export function takenBackIsGivenBack(now: Snapshot, { billers, takenBack }: Books): string[] {
  const undone = now.items.filter(({ state }) => state === 'undone')
  const known = new Set(undone.map(keyOf))
  // What somebody gave back by hand after that may be a part.
  const ruled = now.refunds.filter(({ rule }) => rule === 'undo')
  const given = new Map(ruled.map((one) => [keyOf(one), one.amount_fen]))
  const credited = new Set(
    now.bills.map((bill) => `${bill.credited_payment_id}-${bill.credited_item_no}`),
  )
  return [
    ...undone
      .filter((item) => item.credit !== null || credited.has(keyOf(item)))
      .map((item) => `law 2: a bill is credited with ${keyOf(item)}, which was taken back`),
    ...undone
      .filter((item) => given.get(keyOf(item)) !== item.amount_fen)
      .map((item) => `law 7: ${keyOf(item)} was taken back, and is not given back whole`),
    ...undone
      .filter((item) => bookedPosting(billers, item) !== undefined)
      .map((item) => `law 13: the biller was told of ${keyOf(item)}, which was taken back`),
    ...[...takenBack]
      .filter((key) => !known.has(key))
      .map((key) => `law 12: ${key} was told to be taken back, and is not`),
  ]
}

/** Law 2: money that came after the close let go of its bills before, so that it is not taken back as well. */
export function lateMoneyStays({ payments, items }: Snapshot): string[] {
  const late = new Set(
    payments
      .filter(({ closed_at, settled_at }) => closed_at !== null && settled_at !== null)
      .map(({ payment_id }) => payment_id),
  )
  return items
    .filter((item) => late.has(item.payment_id) && item.undo_minutes > 0)
    .filter(({ undo_ended_at }) => undo_ended_at === null)
    .map((item) => `law 2: ${keyOf(item)} came after the close, and can be taken back`)
}
