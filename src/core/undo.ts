import { type ClosedWindow, nextClosing } from './closed-window'
import type { ItemState } from './item'
import type { Instant } from './time'

const MINUTE_MS = 60_000
/** As orders do, the wait ends this long before a window begins, so that the answer comes in time. */
const MARGIN_MS = MINUTE_MS

/**
 * How many minutes the posting of an item waits so that who paid it can take it back: as many as its
 * biller allows, for a first payment to the account. None where the biller might close its books
 * before it is told: an order can be paid until it expires.
 */
export function decideUndoMinutes(item: {
  /** The biller's rule; absent where it lets nothing be taken back. */
  allowed: number | undefined
  isFirstPayment: boolean
  closedWindows: readonly ClosedWindow[]
  expiresAt: Instant
}): number {
  const { allowed = 0, isFirstPayment, closedWindows, expiresAt } = item
  if (!isFirstPayment) return 0
  const closing = nextClosing(closedWindows, expiresAt)
  const endsAt = toldFrom(expiresAt, allowed)
  return closing !== null && endsAt > closing - MARGIN_MS ? 0 : allowed
}

/** When the biller is told of a settled item at the earliest. */
export function toldFrom(settledAt: Instant, minutes: number): Instant {
  return settledAt + minutes * MINUTE_MS
}

export type UndoFacts = {
  state: ItemState
  undoMinutes: number
  /** Since when it goes to its biller. */
  undoEndedAt: Instant | null
}

/** Until when a settled item can be taken back; undefined when it cannot, or not any more. */
export function undoUntil(item: UndoFacts, settledAt: Instant, now: Instant): Instant | undefined {
  if (item.state !== 'unposted' || item.undoEndedAt !== null) return undefined
  const until = toldFrom(settledAt, item.undoMinutes)
  return now < until ? until : undefined
}
