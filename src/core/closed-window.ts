import { addDays, clockTimeOf, dateOf, type Instant, instantAt } from './time'

/** A daily time in which a biller takes no payments, 'HH:mm' in Asia/Shanghai; may cross midnight. */
export type ClosedWindow = { from: string; to: string }

const MINUTE_MS = 60_000
/** An order stays payable this long. */
const ORDER_MINUTES = 15
/** Orders end this long before a window begins, so that the answer comes in time. */
const MARGIN_MINUTES = 1
/** WeChat needs some time to show and take a payment: shorter orders are not begun. */
const LEAST_MINUTES = 2

export function isClosedAt(windows: readonly ClosedWindow[], instant: Instant): boolean {
  const clock = clockTimeOf(instant)
  return windows.some(({ from, to }) =>
    from <= to ? clock >= from && clock < to : clock >= from || clock < to,
  )
}

/** When the window that holds at `instant` (or begins next) ends; `instant` without windows. */
export function nextOpening(windows: readonly ClosedWindow[], instant: Instant): Instant {
  const ends = windows.flatMap(({ to }) => nextTimes(to, instant))
  const open = ends.filter((end) => !isClosedAt(windows, end))
  return open.length === 0 ? instant : Math.min(...open)
}

/** When the window that holds at `instant` began, else when the next begins; null without windows. */
export function closedFrom(windows: readonly ClosedWindow[], instant: Instant): Instant | null {
  const begun = windows
    .filter((window) => isClosedAt([window], instant))
    .flatMap(({ from }) => lastTimes(from, instant))
  return begun.length === 0 ? nextClosing(windows, instant) : Math.max(...begun)
}

/** When the next window begins; null without windows. */
export function nextClosing(windows: readonly ClosedWindow[], instant: Instant): Instant | null {
  const begins = windows.flatMap(({ from }) => nextTimes(from, instant))
  return begins.length === 0 ? null : Math.min(...begins)
}

/**
 * When an order begun now expires: in a quarter of an hour, cut to a minute before the next closed
 * window. Null when it is closed, or too little time is left.
 */
export function expiryFor(windows: readonly ClosedWindow[], now: Instant): Instant | null {
  if (isClosedAt(windows, now)) return null
  const usual = now + ORDER_MINUTES * MINUTE_MS
  const closing = nextClosing(windows, now)
  const expiry = closing === null ? usual : Math.min(usual, closing - MARGIN_MINUTES * MINUTE_MS)
  return expiry - now < LEAST_MINUTES * MINUTE_MS ? null : expiry
}

/** A clock time yesterday and today, those not after `instant`. */
function lastTimes(clock: string, instant: Instant): Instant[] {
  const today = dateOf(instant)
  return [instantAt(addDays(today, -1), clock), instantAt(today, clock)].filter(
    (time) => time <= instant,
  )
}

/** A clock time today and tomorrow, those after `instant`. */
function nextTimes(clock: string, instant: Instant): Instant[] {
  const today = dateOf(instant)
  return [instantAt(today, clock), instantAt(addDays(today, 1), clock)].filter(
    (time) => time > instant,
  )
}
