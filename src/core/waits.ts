import type { Instant } from './time'

const SECOND_MS = 1_000
const HOUR_MS = 3_600_000

/** Seconds after the start at which WeChat is asked while the order can still be paid: 12 times. */
const ASK_AFTER_SECONDS = [30, 50, 80, 120, 170, 230, 300, 380, 470, 570, 690, 820]

/**
 * When to ask WeChat next about a payment that is not final: first within a minute, then with
 * growing waits, at most twelve times before the expiry, right after it, and hourly from then on.
 * Only the clock decides, so that a phone that asks in between neither hastens nor delays it.
 */
export function nextAskAt(startedAt: Instant, expiresAt: Instant, now: Instant): Instant {
  const steps = ASK_AFTER_SECONDS.map((seconds) => startedAt + seconds * SECOND_MS)
  const planned = steps.find((step) => step > now && step < expiresAt)
  if (planned !== undefined) return planned
  const afterExpiry = expiresAt + 5 * SECOND_MS
  if (now < afterExpiry) return afterExpiry
  return now < expiresAt + 2 * 60 * SECOND_MS ? now + 60 * SECOND_MS : now + HOUR_MS
}

/** Seconds until a posting is tried again, by attempts so far; the last one repeats. */
const POST_AFTER_SECONDS = [2, 5, 15, 60, 180, 600, 1800, 3600]

/** When to tell the biller again after a fault of its side. */
export function nextPostAt(now: Instant, attempts: number): Instant {
  const index = Math.min(Math.max(attempts, 1), POST_AFTER_SECONDS.length) - 1
  return now + (POST_AFTER_SECONDS[index] ?? 0) * SECOND_MS
}

/** When to ask WeChat about a refund on its way: minutes while a balance is paid, hours for a card. */
export function nextRefundAskAt(requestedAt: Instant, now: Instant): Instant {
  const minute = 60 * SECOND_MS
  return now - requestedAt < 10 * minute ? now + minute : now + HOUR_MS
}
