import type { DifferenceReason, FileSource, SafeAction } from '../../core/reconciliation'
import type { DateText, Instant } from '../../core/time'
import { type Database, onlyRow, type Session, statement, timestamp } from './database'
import type { FileTry } from './staged-rows'

/** What the sides say of something that differs. `about`: its order or item; `side`: who has it. */
export type DifferenceFacts = { about: string; side: string; [fact: string]: unknown }

export type NewDifference = {
  paymentId: string
  differenceId: string
  ownerId: string
  source: FileSource
  day: DateText
  reason: DifferenceReason
  action: SafeAction
  facts: DifferenceFacts
}
export type Difference = NewDifference & {
  state: 'open' | 'done' | 'person'
  foundAt: Instant
  attempts: number
  outcome: string | null
  finishedAt: Instant | null
}

/** A row that one side has and the other has not, or has otherwise; null where a side has none. */
export type OrderMismatch = {
  paymentId: string
  orderNumber: string
  side: 'wallet' | 'ours' | 'both' | 'twice'
  wallet: Readonly<Record<string, unknown>> | null
  ours: Readonly<Record<string, unknown>> | null
}
export type PostingMismatch = {
  paymentId: string
  itemNo: number
  side: 'biller' | 'ours' | 'both' | 'twice'
  biller: Readonly<Record<string, unknown>> | null
  ours: Readonly<Record<string, unknown>> | null
}

const ORDER_COLUMNS = `payment_id as "paymentId", order_number as "orderNumber", side, wallet, ours`
const TRADE = statement(
  'differences-of-trade',
  `select ${ORDER_COLUMNS} from trade_differences($1, $2::date, $3::int, $4::timestamptz, $5::timestamptz, $6::int,
     $7::text[])
   order by 1, 2 limit $8`,
)
const REFUNDS = statement(
  'differences-of-refunds',
  `select ${ORDER_COLUMNS} from refund_differences($1, $2::date, $3::int, $4::timestamptz, $5::timestamptz, $6::text[])
   order by 1, 2 limit $7`,
)
const POSTINGS = statement(
  'differences-of-postings',
  `select payment_id as "paymentId", item_no as "itemNo", side, biller, ours
   from posting_differences($1, $2::date, $3::int, $4::timestamptz, $5::timestamptz, $6::text[])
   order by 1, 2 limit $7`,
)
const NOTE = statement(
  'differences-note',
  'select note_differences($1::jsonb, $2::timestamptz)::text',
)
const TELL = statement(
  'difference-tell',
  'select tell_difference($1, $2, $3, $4, $5::timestamptz, $6::timestamptz) as told',
)
const CLOSE = statement(
  'difference-close',
  'select close_difference($1, $2, $3, $4, $5::timestamptz) as answer',
)
const COLUMNS = `payment_id as "paymentId", difference_id as "differenceId", owner_id as "ownerId", source, day,
  reason, action, state, facts, found_at as "foundAt", attempts, outcome, finished_at as "finishedAt"`
const OPEN = statement(
  'differences-open',
  `select ${COLUMNS} from difference where state = 'open' and next_at <= $1::timestamptz
   order by next_at, payment_id, difference_id limit $2`,
)
const POSTED_AGAIN = statement(
  'differences-posted-again',
  `select distinct facts ->> 'about' as "postingId" from difference where payment_id = any($1::text[])
     and source = 'postings' and action = 'post-again' and state = 'done'`,
)
const LIST = statement(
  'differences-list',
  `select ${COLUMNS} from difference where state <> 'done' or day = $1::date
   order by day, reason, payment_id, difference_id limit $2`,
)

type Day = FileTry & { from: Instant; to: Instant; unmet: readonly string[] }

/** Payments of a payee's day that the trade file and our books do not agree on. */
export function tradeMismatches(
  session: Session,
  day: Day & { feePerMillion: number | null },
  most: number,
): Promise<OrderMismatch[]> {
  return session.run<OrderMismatch>(TRADE, [...dayOf(day), day.feePerMillion, day.unmet, most])
}

/** Refunds likewise. */
export function refundMismatches(
  session: Session,
  day: Day,
  most: number,
): Promise<OrderMismatch[]> {
  return session.run<OrderMismatch>(REFUNDS, [...dayOf(day), day.unmet, most])
}

/** Postings of a biller's day that its file and our books do not agree on. */
export function postingMismatches(
  session: Session,
  day: Day,
  most: number,
): Promise<PostingMismatch[]> {
  return session.run<PostingMismatch>(POSTINGS, [...dayOf(day), day.unmet, most])
}

function dayOf({ ownerId, day, attempt, from, to }: Day): [string, string, number, string, string] {
  return [ownerId, day, attempt, timestamp(from), timestamp(to)]
}

/** So many are kept in one transaction: few enough that no lock is held long. */
const PIECE = 200

/** Keeps differences, each once; where the other day's half of one was there, it ends both. */
export async function noteDifferences(
  database: Database,
  differences: readonly NewDifference[],
  now: Instant,
): Promise<void> {
  for (let from = 0; from < differences.length; from += PIECE) {
    const piece = differences.slice(from, from + PIECE).map((one) => ({
      payment_id: one.paymentId,
      difference_id: one.differenceId,
      owner_id: one.ownerId,
      source: one.source,
      day: one.day,
      reason: one.reason,
      action: one.action,
      facts: one.facts,
    }))
    await database.run(NOTE, [JSON.stringify(piece), timestamp(now)])
  }
}

/** Differences whose safe action is due. */
export function openDifferences(
  database: Database,
  now: Instant,
  most: number,
): Promise<Difference[]> {
  return database.run<Difference>(OPEN, [timestamp(now), most])
}

/** Postings of which the billers were told anew: they list them on a later day, under a later number. */
export async function postedAgain(
  database: Database,
  paymentIds: readonly string[],
): Promise<Set<string>> {
  if (paymentIds.length === 0) return new Set()
  const rows = await database.run<{ postingId: string }>(POSTED_AGAIN, [[...paymentIds]])
  return new Set(rows.map(({ postingId }) => postingId))
}

/** What is open or a person's, and all of one day. */
export function listDifferences(
  database: Database,
  day: DateText,
  most: number,
): Promise<Difference[]> {
  return database.run<Difference>(LIST, [day, most])
}

/** How a safe action went. */
export type ToldDifference =
  | { state: 'open'; outcome: string; nextAt: Instant }
  | { state: 'done' | 'person'; outcome: string }

/** Records how a safe action went; `open` puts it off until `nextAt`. */
export async function tellDifference(
  database: Database,
  { paymentId, differenceId }: Pick<Difference, 'paymentId' | 'differenceId'>,
  told: ToldDifference,
  now: Instant,
): Promise<boolean> {
  const rows = await database.run<{ told: boolean }>(TELL, [
    paymentId,
    differenceId,
    told.state,
    told.outcome,
    told.state === 'open' ? timestamp(told.nextAt) : null,
    timestamp(now),
  ])
  return onlyRow(rows).told
}

/** A person says how a difference ended that was theirs. */
export async function closeDifference(
  database: Database,
  { paymentId, differenceId }: Pick<Difference, 'paymentId' | 'differenceId'>,
  by: { actor: string; outcome: string },
  now: Instant,
): Promise<'told' | 'not-listed'> {
  const rows = await database.run<{ answer: 'told' | 'not-listed' }>(CLOSE, [
    paymentId,
    differenceId,
    by.actor,
    by.outcome,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}
