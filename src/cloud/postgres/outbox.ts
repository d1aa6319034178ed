import type { Instant } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'

/** Something still to be told to a neighbour about an item. */
export type TaskKey = {
  paymentId: string
  kind: 'post' | 'report-delivery' | 'reverse' | 'refund'
  /** Of a refund and of its reversal: the refund's own number. */
  itemNo: number
}
export type ClaimedTask = TaskKey & { attempts: number }

const DUE = statement(
  'outbox-due',
  `select payment_id as "paymentId", kind, item_no as "itemNo" from outbox_task
   where done_at is null and person_reason is null and next_at <= $1::timestamptz
     and (locked_until is null or locked_until <= $1::timestamptz)
   order by next_at limit $2`,
)
const OF_PAYMENT = statement(
  'outbox-of-payment',
  `select payment_id as "paymentId", kind, item_no as "itemNo" from outbox_task
   where payment_id = $1 and done_at is null and person_reason is null order by kind, item_no`,
)
const CLAIM = statement(
  'outbox-claim',
  'select claim_task($1, $2, $3::int, $4::timestamptz, $5::timestamptz) as attempts',
)
const POSTPONE = statement(
  'outbox-postpone',
  'select postpone_task($1, $2, $3::int, $4::int, $5::timestamptz)',
)
const FINISH = statement(
  'outbox-finish',
  'select finish_claimed_task($1, $2, $3::int, $4::timestamptz)::text',
)
const HAND_OVER = statement(
  'outbox-hand-to-person',
  'select hand_to_person($1, $2, $3::int, $4, $5::timestamptz)::text',
)
const NOTE_CREDIT = statement(
  'item-note-credit',
  'select note_credit($1, $2::int, $3, $4, $5)::text',
)
const SIGN = statement('receipt-sign', 'select sign_receipt($1, $2::int, $3, $4)::text')
const CREDIT = statement(
  'bill-credit',
  'select credit_bill($1, $2, $3, $4::int, $5::int, $6::timestamptz) as answer',
)
const BEGIN = statement(
  'item-begin-posting',
  'select begin_posting($1, $2::int, $3::timestamptz) as answer',
)
const FINISH_POSTING = statement(
  'item-finish-posting',
  'select finish_posting($1, $2::int, $3, $4::timestamptz, $5, $6::timestamptz) as answer',
)
const POSTED_AGAIN = statement(
  'item-posted-again',
  'select record_posted_again($1, $2::int, $3, $4::timestamptz) as answer',
)

/** Candidates, read without locks; each is then claimed by its key. */
export function dueTasks(database: Database, now: Instant, most: number): Promise<TaskKey[]> {
  return database.run<TaskKey>(DUE, [timestamp(now), most])
}

export function openTasksOf(database: Database, paymentId: string): Promise<TaskKey[]> {
  return database.run<TaskKey>(OF_PAYMENT, [paymentId])
}

/** Claims a task until the lease ends; undefined when another has it or it is not due. */
export async function claimTask(
  database: Database,
  key: TaskKey,
  now: Instant,
  leaseMs: number,
): Promise<ClaimedTask | undefined> {
  const rows = await database.run<{ attempts: number | null }>(CLAIM, [
    key.paymentId,
    key.kind,
    key.itemNo,
    timestamp(now),
    timestamp(now + leaseMs),
  ])
  const { attempts } = onlyRow(rows)
  return attempts === null ? undefined : { ...key, attempts }
}

export async function postponeTask(
  database: Database,
  task: ClaimedTask,
  nextAt: Instant,
): Promise<void> {
  await database.run(POSTPONE, [
    task.paymentId,
    task.kind,
    task.itemNo,
    task.attempts,
    timestamp(nextAt),
  ])
}

/** Ends a claimed task; one that a person has by now stays on the list. */
export async function finishTask(database: Database, key: TaskKey, now: Instant): Promise<void> {
  await database.run(FINISH, [key.paymentId, key.kind, key.itemNo, timestamp(now)])
}

/** Takes the task off the sweeper and onto a person's list, with the reason. */
export async function handToPerson(
  database: Database,
  key: TaskKey,
  reason: string,
  now: Instant,
): Promise<void> {
  await database.run(HAND_OVER, [key.paymentId, key.kind, key.itemNo, reason, timestamp(now)])
}

export type Credit = 'credited' | 'already' | 'duplicate' | 'not-due'

/** Marks the bill as paid by this item; idempotent. */
export async function creditBill(
  database: Database,
  item: { accountId: string; billId: string; paymentId: string; itemNo: number; revision: number },
  now: Instant,
): Promise<Credit> {
  const rows = await database.run<{ answer: Credit }>(CREDIT, [
    item.accountId,
    item.billId,
    item.paymentId,
    item.itemNo,
    item.revision,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

/** Keeps the signed receipt of an item whose bill is not credited yet, the first time. */
export async function signReceipt(
  database: Database,
  item: { paymentId: string; itemNo: number },
  receipt: { code: string; keyId: string },
): Promise<void> {
  await database.run(SIGN, [item.paymentId, item.itemNo, receipt.code, receipt.keyId])
}

/** Keeps how the credit went and the signed receipt, the first time. */
export async function noteCredit(
  database: Database,
  item: { paymentId: string; itemNo: number },
  credit: Credit,
  receipt: { code: string; keyId: string },
): Promise<void> {
  await database.run(NOTE_CREDIT, [
    item.paymentId,
    item.itemNo,
    credit,
    receipt.code,
    receipt.keyId,
  ])
}

export type BeginAnswer =
  | 'begun'
  | 'posting'
  | 'posted'
  | 'rejected'
  | 'undone'
  | 'refunding'
  | 'not-paid'
  | 'unknown'

/** Compare-and-set to `posting`; 'begun' when it was this call that set it. */
export async function beginPosting(
  database: Database,
  item: { paymentId: string; itemNo: number },
  now: Instant,
): Promise<BeginAnswer> {
  const rows = await database.run<{ answer: BeginAnswer }>(BEGIN, [
    item.paymentId,
    item.itemNo,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

/** Records the biller's answer: a posting number and its time, or a rejection code. */
export async function finishPosting(
  database: Database,
  item: { paymentId: string; itemNo: number },
  outcome: { postingNumber: string; postedAt: Instant } | { rejection: string },
  now: Instant,
): Promise<void> {
  const posted = 'postingNumber' in outcome
  await database.run(FINISH_POSTING, [
    item.paymentId,
    item.itemNo,
    posted ? outcome.postingNumber : null,
    posted ? timestamp(outcome.postedAt) : null,
    posted ? null : outcome.rejection,
    timestamp(now),
  ])
}

/** Records the number under which the biller credited again what it had lost. */
export async function recordPostedAgain(
  database: Database,
  item: { paymentId: string; itemNo: number },
  postingNumber: string,
  now: Instant,
): Promise<void> {
  await database.run(POSTED_AGAIN, [item.paymentId, item.itemNo, postingNumber, timestamp(now)])
}
