import type { Instant } from '../../core/time'
import { addDays, dateOf, instantAt } from '../../core/time'
import { countAttempt, countWrongAnswer, returnAttempt, waitUntil } from '../postgres/attempts'
import { deriveAddressId } from '../postgres/personal-data'
import type { Caller, Ports } from './ports'

/**
 * What keeps people from walking through account numbers: limits by resident, by account and by
 * address, a wait that doubles with each wrong answer, and an alarm.
 */
const PER_RESIDENT_A_MINUTE = 5
/** Of accounts that the resident has not bound. */
const PER_RESIDENT_A_DAY = 20
const PER_ADDRESS_A_MINUTE = 60
const WRONG_A_DAY = 10
/** A slip or two costs nothing; the third wrong answer of a day waits, and each further one twice as long. */
const WRONG_WITHOUT_WAIT = 3
const FIRST_WAIT_SECONDS = 30
/** Distinct accounts asked for from one address in an hour. */
const ALARM_AT = 100

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** A look-up about to be made. Of a bound account it does not count towards the day. */
export type LookUp = { accountId: string; isBound: boolean }

/** Counts a look-up; gives when one may try again if there were too many, else undefined. */
export async function countLookUp(
  ports: Ports,
  caller: Caller,
  lookUp: LookUp,
): Promise<Instant | undefined> {
  const { database } = ports
  const { now, minute, tomorrow } = windows(ports)
  const waiting = await waitUntil(database, wrongOf(ports, caller), now)
  if (waiting !== undefined) return waiting
  const perMinute = await countAttempt(database, {
    subject: `look-up:${caller.openid}`,
    windowStart: minute,
  })
  if (perMinute > PER_RESIDENT_A_MINUTE) return now + MINUTE_MS
  if (caller.address !== undefined && (await isTooOftenFrom(ports, caller.address, lookUp)))
    return now + MINUTE_MS
  if (lookUp.isBound) return undefined
  const perDay = await countAttempt(database, dayOf(ports, caller))
  return perDay > PER_RESIDENT_A_DAY ? tomorrow : undefined
}

/** Gives a counted look-up back: the biller did not answer. */
export async function giveLookUpBack(ports: Ports, caller: Caller, lookUp: LookUp): Promise<void> {
  await giveTryBack(ports, lookUp.accountId)
  if (!lookUp.isBound) await returnAttempt(ports.database, dayOf(ports, caller))
}

/**
 * Takes one of today's tries at an account's challenge before the answer is looked at, so that
 * tries made at the same moment cannot be more than allowed. Gives how many are left after it;
 * negative when there was none.
 */
export async function takeTry(ports: Ports, accountId: string): Promise<number> {
  return WRONG_A_DAY - (await countAttempt(ports.database, triesOf(ports, accountId)))
}

/** Gives the try back: the answer was right. */
export async function giveTryBack(ports: Ports, accountId: string): Promise<void> {
  await returnAttempt(ports.database, triesOf(ports, accountId))
}

/** Counts a wrong answer of the caller, whatever the account: the next look-up may have to wait. */
export function countWrong(ports: Ports, caller: Caller): Promise<void> {
  return countWrongAnswer(ports.database, wrongOf(ports, caller), {
    free: WRONG_WITHOUT_WAIT,
    firstWaitSeconds: FIRST_WAIT_SECONDS,
    now: ports.now(),
  })
}

/** The next midnight in Asia/Shanghai, when tries begin anew. */
export function triesRenewAt(ports: Ports): Instant {
  return windows(ports).tomorrow
}

async function isTooOftenFrom(
  ports: Ports,
  address: string,
  { accountId }: LookUp,
): Promise<boolean> {
  const addressId = deriveAddressId(ports.personalData, address)
  const perMinute = await countAttempt(ports.database, {
    subject: `look-up-from:${addressId}`,
    windowStart: windows(ports).minute,
  })
  if (perMinute > PER_ADDRESS_A_MINUTE) return true
  await countDistinct(ports, addressId, accountId)
  return false
}

/** Many accounts from one address are no reason to refuse (a carrier's phones share one), but to look. */
async function countDistinct(ports: Ports, addressId: string, accountId: string): Promise<void> {
  const windowStart = windows(ports).hour
  const count = (subject: string) => countAttempt(ports.database, { subject, windowStart })
  if ((await count(`account-from:${addressId}:${accountId}`)) > 1) return
  if ((await count(`accounts-from:${addressId}`)) === ALARM_AT)
    ports.log({ level: 'alarm', event: 'many-accounts-from-one-address', about: addressId })
}

function dayOf(ports: Ports, { openid }: Caller) {
  return { subject: `look-ups:${openid}`, windowStart: windows(ports).today }
}

function wrongOf(ports: Ports, { openid }: Caller) {
  return { subject: `wrong:${openid}`, windowStart: windows(ports).today }
}

function triesOf(ports: Ports, accountId: string) {
  return { subject: `challenge:${accountId}`, windowStart: windows(ports).today }
}

function windows(ports: Ports) {
  const now = ports.now()
  const date = dateOf(now)
  return {
    now,
    minute: now - (now % MINUTE_MS),
    hour: now - (now % HOUR_MS),
    today: instantAt(date, '00:00'),
    tomorrow: instantAt(addDays(date, 1), '00:00'),
  }
}
