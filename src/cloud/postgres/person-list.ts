import type { Fen } from '../../core/money'
import type { Instant } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'
import type { ClaimedTask, TaskKey } from './outbox'

/** A task that waits for a person. `since` is null for those handed over before that was kept. */
export type PersonTask = TaskKey & {
  billerId: string | null
  reason: string
  since: Instant | null
}

export type UnknownPayment = {
  paymentId: string
  state: 'created' | 'awaiting'
  amountFen: Fen
  expiresAt: Instant
  asks: number
  nextAskAt: Instant
}

const FAIL = statement(
  'task-fail',
  'select fail_task($1, $2, $3::int, $4::int, $5::timestamptz, $6::int, $7, $8::timestamptz) as answer',
)
const RETRY = statement(
  'task-retry',
  'select retry_task($1, $2, $3::int, $4::timestamptz) as answer',
)
const LIST = statement(
  'tasks-of-persons',
  `select t.payment_id as "paymentId", t.kind, t.item_no as "itemNo", i.biller_id as "billerId",
     t.person_reason as reason, t.handed_at as since
   from outbox_task t
     left join refund r on t.kind = 'refund' and r.payment_id = t.payment_id and r.refund_no = t.item_no
     left join payment_item i on i.payment_id = t.payment_id and i.item_no = coalesce(r.item_no, t.item_no)
   where t.done_at is null and t.person_reason is not null
   order by t.handed_at nulls first, t.payment_id, t.kind, t.item_no limit $1`,
)
const UNKNOWN = statement(
  'payments-unknown',
  `select payment_id as "paymentId", state, amount_fen as "amountFen", expires_at as "expiresAt", asks,
     next_ask_at as "nextAskAt"
   from payment where state in ('created', 'awaiting') and expires_at < $1::timestamptz
   order by expires_at, payment_id limit $2`,
)

/**
 * A claimed task failed by a bug of ours: put off, or after `failuresMax` of them a person's. A try
 * that is told again counts once and is answered as before.
 */
export async function failTask(
  database: Database,
  task: ClaimedTask,
  failure: { nextAt: Instant; failuresMax: number; reason: string; now: Instant },
): Promise<'postponed' | 'handed-over' | 'gone'> {
  const rows = await database.run<{ answer: 'postponed' | 'handed-over' | 'gone' }>(FAIL, [
    task.paymentId,
    task.kind,
    task.itemNo,
    task.attempts,
    timestamp(failure.nextAt),
    failure.failuresMax,
    failure.reason,
    timestamp(failure.now),
  ])
  return onlyRow(rows).answer
}

/** A person gives a task back. What the biller rejected is not told to it again. */
export async function retryTask(
  database: Database,
  key: TaskKey,
  now: Instant,
): Promise<'retried' | 'not-listed' | 'rejected'> {
  const rows = await database.run<{ answer: 'retried' | 'not-listed' | 'rejected' }>(RETRY, [
    key.paymentId,
    key.kind,
    key.itemNo,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

/** What waits for a person, the oldest first. */
export function tasksOfPersons(database: Database, most: number): Promise<PersonTask[]> {
  return database.run<PersonTask>(LIST, [most])
}

/** Payments past their expiry of which WeChat has not said how they ended, the oldest first. */
export function unknownPayments(
  database: Database,
  now: Instant,
  most: number,
): Promise<UnknownPayment[]> {
  return database.run<UnknownPayment>(UNKNOWN, [timestamp(now), most])
}
