import type { Instant } from '../../core/time'
import { addDays, dateOf, instantAt } from '../../core/time'
import { countAttempt, returnAttempt } from '../postgres/residents'
import type { Caller, Ports } from './ports'

const PER_RESIDENT_A_MINUTE = 5
const PER_RESIDENT_A_DAY = 20
const PER_ADDRESS_A_MINUTE = 60
const WRONG_A_DAY = 10

const MINUTE_MS = 60_000

/** Counts a look-up; gives when one may try again if there were too many, else undefined. */
export async function countLookUp(ports: Ports, caller: Caller): Promise<Instant | undefined> {
  const { now, minute, today, tomorrow } = windows(ports)
  const perMinute = await countAttempt(ports.database, `look-up:${caller.openid}`, minute)
  if (perMinute > PER_RESIDENT_A_MINUTE) return now + MINUTE_MS
  const perDay = await countAttempt(ports.database, `look-ups:${caller.openid}`, today)
  if (perDay > PER_RESIDENT_A_DAY) return tomorrow
  if (caller.address === undefined) return undefined
  const perAddress = await countAttempt(ports.database, `look-up-from:${caller.address}`, minute)
  return perAddress > PER_ADDRESS_A_MINUTE ? now + MINUTE_MS : undefined
}

/**
 * Takes one of today's tries at an account's challenge before the answer is looked at, so that
 * tries made at the same moment cannot be more than allowed. Gives how many are left after it;
 * negative when there was none.
 */
export async function takeTry(ports: Ports, accountId: string): Promise<number> {
  return (
    WRONG_A_DAY -
    (await countAttempt(ports.database, `challenge:${accountId}`, windows(ports).today))
  )
}

/** Gives the try back: the answer was right. */
export async function giveTryBack(ports: Ports, accountId: string): Promise<void> {
  await returnAttempt(ports.database, `challenge:${accountId}`, windows(ports).today)
}

/** The next midnight in Asia/Shanghai, when tries begin anew. */
export function triesRenewAt(ports: Ports): Instant {
  return windows(ports).tomorrow
}

function windows(ports: Ports) {
  const now = ports.now()
  const date = dateOf(now)
  return {
    now,
    minute: now - (now % MINUTE_MS),
    today: instantAt(date, '00:00'),
    tomorrow: instantAt(addDays(date, 1), '00:00'),
  }
}
