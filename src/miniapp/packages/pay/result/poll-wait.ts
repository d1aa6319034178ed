import type { PaymentStanding } from './payment-standing'

/** How often WeChat itself is asked while we wait; the cloud allows six times a minute. */
export const ASK_WECHAT_EVERY_MS = 12_000

const FRESH_MS = 60_000
const WARM_MS = 5 * 60_000

/**
 * How long to wait before looking again, by how long the page has been looking: every 2 s in the
 * first minute, then 5 s, then 30 s. Null once nothing more will happen today.
 */
export function pollWait(standing: PaymentStanding, lookingForMs: number): number | null {
  if (standing === 'done' || standing === 'closed' || standing === 'returned') return null
  if (standing === 'late') return 30_000
  if (lookingForMs < FRESH_MS) return 2_000
  return lookingForMs < WARM_MS ? 5_000 : 30_000
}
