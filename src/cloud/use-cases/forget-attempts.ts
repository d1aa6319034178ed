import { forgetAttemptsBefore } from '../postgres/attempts'
import type { Ports } from './ports'

/** The longest window is a day; who looked for what from where is kept no longer than it is needed. */
const KEPT_MS = 48 * 3_600_000

/** Deletes the counters of days that are over; gives how many. */
export function forgetAttempts(ports: Ports): Promise<number> {
  return forgetAttemptsBefore(ports.database, ports.now() - KEPT_MS)
}
