import type { Instant } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'

/** What is counted: a subject (a resident, an account, an address) in a window of time. */
export type Counter = { subject: string; windowStart: Instant }

const COUNT = statement('attempt-count', 'select count_attempt($1, $2::timestamptz) as tries')
const RETURN = statement('attempt-return', 'select return_attempt($1, $2::timestamptz)::text')
const COUNT_WRONG = statement(
  'attempt-count-wrong',
  'select count_wrong_answer($1, $2::timestamptz, $3::int, $4::interval, $5::timestamptz)::text',
)
const WAIT = statement(
  'attempt-wait',
  `select wait_until as "waitUntil" from attempt
   where subject = $1 and window_start = $2::timestamptz and wait_until > $3::timestamptz`,
)
const FORGET = statement(
  'attempt-forget',
  `with forgotten as (delete from attempt where window_start < $1::timestamptz returning subject)
   select count(*)::int as attempts from forgotten`,
)

/** Counts a try; gives how many there are now. */
export async function countAttempt(database: Database, counter: Counter): Promise<number> {
  const { subject, windowStart } = counter
  const rows = await database.run<{ tries: number }>(COUNT, [subject, timestamp(windowStart)])
  return onlyRow(rows).tries
}

/** Takes a counted try back. */
export async function returnAttempt(database: Database, counter: Counter): Promise<void> {
  await database.run(RETURN, [counter.subject, timestamp(counter.windowStart)])
}

/** Counts a wrong answer; from the `free`-th on the wait before the next one doubles. */
export async function countWrongAnswer(
  database: Database,
  counter: Counter,
  rule: { free: number; firstWaitSeconds: number; now: Instant },
): Promise<void> {
  await database.run(COUNT_WRONG, [
    counter.subject,
    timestamp(counter.windowStart),
    rule.free,
    `${rule.firstWaitSeconds} seconds`,
    timestamp(rule.now),
  ])
}

/** Until when the subject has to wait after wrong answers; undefined when it need not. */
export async function waitUntil(
  database: Database,
  counter: Counter,
  now: Instant,
): Promise<Instant | undefined> {
  const [row] = await database.run<{ waitUntil: Instant }>(WAIT, [
    counter.subject,
    timestamp(counter.windowStart),
    timestamp(now),
  ])
  return row?.waitUntil
}

/** Deletes what was counted in windows that began before an instant; gives how many. */
export async function forgetAttemptsBefore(database: Database, before: Instant): Promise<number> {
  return onlyRow(await database.run<{ attempts: number }>(FORGET, [timestamp(before)])).attempts
}
