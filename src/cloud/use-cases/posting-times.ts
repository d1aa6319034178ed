import type { Instant } from '../../core/time'
import { toldFrom } from '../../core/undo'
import type { Manifest } from '../billers/manifest-schema'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/**
 * By when a biller credits a settled item as a rule, and by when it does or refuses at the latest:
 * counted from when it is told, which waits while the item can be taken back.
 */
export function postingTimes(
  { posting }: Manifest,
  settledAt: Instant,
  { undoMinutes }: { undoMinutes: number },
): { usualBy: Instant; latestBy: Instant } {
  const from = toldFrom(settledAt, undoMinutes)
  return {
    usualBy: from + posting.usualMinutes * MINUTE_MS,
    latestBy: from + posting.latestHours * HOUR_MS,
  }
}
