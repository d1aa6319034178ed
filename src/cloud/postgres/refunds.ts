import type { Fen } from '../../core/money'
import type { RefundRule, RefundState } from '../../core/refund'
import type { Instant } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'

/** A refund as it is stored. */
export type StoredRefund = {
  paymentId: string
  refundNo: number
  itemNo: number
  refundNumber: string
  amountFen: Fen
  state: RefundState
  reason: string
  rule: RefundRule | null
  requestedBy: string
  requestedAt: Instant
  /** What the biller credited is given back only after it took its credit back. */
  needsReversal: boolean
  reversedAt: Instant | null
  /** `posted` of one by hand while the biller holds its credit. */
  takesFrom: 'unposted' | 'posted'
  /** Since when WeChat may have it, before it was heard of as sent. */
  begunAt: Instant | null
  sentAt: Instant | null
  finishedAt: Instant | null
  arrivedIn: string | null
  /** Why it was declined: a person's words, or the biller's code. */
  declinedFor: string | null
}
export type RefundKey = { paymentId: string; refundNo: number }

export const REFUND_COLUMNS = `payment_id as "paymentId", refund_no as "refundNo", item_no as "itemNo",
  refund_number as "refundNumber", amount_fen as "amountFen", state, reason, rule,
  requested_by as "requestedBy", requested_at as "requestedAt", needs_reversal as "needsReversal",
  reversed_at as "reversedAt", takes_from as "takesFrom", declined_for as "declinedFor", begun_at as "begunAt",
  sent_at as "sentAt", finished_at as "finishedAt", arrived_in as "arrivedIn"`
const OF_PAYMENT = statement(
  'refund-of-payment',
  `select ${REFUND_COLUMNS} from refund where payment_id = $1 order by requested_at, refund_no`,
)
const OF_PAYMENTS = statement(
  'refund-of-payments',
  `select ${REFUND_COLUMNS} from refund where payment_id = any($1::text[])
   order by payment_id, requested_at, refund_no`,
)
const NUMBERED = statement(
  'refund-numbered',
  `select payment_id as "paymentId", refund_no as "refundNo" from refund where payment_id = $1 and refund_number = $2
     and state <> 'declined' order by part_no limit 1`,
)
const TAKE_IN = statement(
  'refund-take-in',
  'select take_in_refund($1, $2::jsonb, $3::timestamptz) as answer',
)
const REQUEST = statement(
  'refund-request',
  'select request_refund($1, $2::jsonb, $3::timestamptz) as answer',
)
const BEGIN = statement(
  'refund-begin',
  'select begin_refund($1, $2::int, $3::timestamptz, $4::timestamptz) as answer',
)
const SENT = statement(
  'refund-sent',
  'select mark_refund_sent($1, $2::int, $3, $4::timestamptz) as answer',
)
const FINISH = statement(
  'refund-finish',
  'select finish_refund($1, $2::int, $3::jsonb, $4::timestamptz) as answer',
)
const END_TASK = statement(
  'refund-end-task',
  'select end_refund_task($1, $2::int, $3::timestamptz)::text',
)

export function refundsOf(database: Database, paymentId: string): Promise<StoredRefund[]> {
  return database.run<StoredRefund>(OF_PAYMENT, [paymentId])
}

/** The refunds of several payments. */
export function refundsOfAll(
  database: Database,
  paymentIds: readonly string[],
): Promise<StoredRefund[]> {
  if (paymentIds.length === 0) return Promise.resolve([])
  return database.run<StoredRefund>(OF_PAYMENTS, [[...paymentIds]])
}

export type RefundToRequest = {
  paymentId: string
  refundNo: number
  itemNo: number
  amountFen: Fen
  reason: string
  /** The rule that approves it; without one a second person has to. */
  rule?: RefundRule
  actor: string
}
export type RequestAnswer =
  | 'requested'
  | 'approved'
  | 'before'
  | 'unknown-payment'
  | 'not-paid'
  | 'posting-unknown'
  | 'needs-reversal'
  | 'too-late'
  | 'too-many'
  | 'too-much'
  | 'whole-only'

/** Asks for money back, once per refund number; approved at once where a rule says so. */
export async function requestRefund(
  database: Database,
  refund: RefundToRequest,
  now: Instant,
): Promise<RequestAnswer> {
  const { paymentId, refundNo, itemNo, amountFen, reason, rule, actor } = refund
  const rows = await database.run<{ answer: RequestAnswer }>(REQUEST, [
    paymentId,
    JSON.stringify({
      refund_no: refundNo,
      item_no: itemNo,
      amount_fen: amountFen,
      reason,
      rule,
      actor,
    }),
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

/** Longer than anybody can be about to send it: two clocks may be a day off, each to its side, and a function freeze. */
export const LONG_AGO_MS = 52 * 3_600_000

export type BeginAnswer = 'begun' | 'too-soon' | 'later' | 'given-back-by-hand' | 'not-open'

/**
 * Before a refund is sent that WeChat does not know: from now on it may have it. Money that went back past us
 * may have meant the same: then a person decides, `later` if somebody may still be about to send it. `too-soon`: another
 * one of its order was begun less than a minute ago.
 */
export async function beginRefund(
  database: Database,
  { paymentId, refundNo }: RefundKey,
  now: Instant,
): Promise<BeginAnswer> {
  const rows = await database.run<{ answer: BeginAnswer }>(BEGIN, [
    paymentId,
    refundNo,
    timestamp(now - LONG_AGO_MS),
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

export type SentAnswer = 'sent' | 'before' | 'not-approved'

/** WeChat accepted it: accepted is not done. */
export async function markRefundSent(
  database: Database,
  { paymentId, refundNo }: RefundKey,
  wechatRefundId: string,
  now: Instant,
): Promise<SentAnswer> {
  const rows = await database.run<{ answer: SentAnswer }>(SENT, [
    paymentId,
    refundNo,
    wechatRefundId,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

/** The refund of a payment by its number, or the first part of one made past us; not one that was withdrawn. */
export async function refundNumbered(
  database: Database,
  paymentId: string,
  refundNumber: string,
): Promise<RefundKey | undefined> {
  const [key] = await database.run<RefundKey>(NUMBERED, [paymentId, refundNumber])
  return key
}

/** A refund that somebody made on the merchant platform, as WeChat tells of it. */
export type RefundToTakeIn = {
  paymentId: string
  refundNumber: string
  wechatRefundId: string
  orderNumber: string
  amountFen: Fen
  createdAt: Instant
}
export type TakenIn = {
  answer: 'taken' | 'before' | 'unknown-payment' | 'not-paid' | 'posting-unknown' | 'too-much'
  refundNo?: number | undefined
  /** The biller holds its credit: a person settles that with it. */
  isCredited: boolean
}

/** Takes it into our books, once per number, of the item of its order that has so much left, or of several. */
export async function takeInRefund(
  database: Database,
  refund: RefundToTakeIn,
  now: Instant,
): Promise<TakenIn> {
  type Told = { answer: TakenIn['answer']; refund_no?: number; is_credited?: boolean }
  const rows = await database.run<{ answer: Told }>(TAKE_IN, [
    refund.paymentId,
    JSON.stringify({
      refund_number: refund.refundNumber,
      wechat_refund_id: refund.wechatRefundId,
      order_number: refund.orderNumber,
      amount_fen: refund.amountFen,
      created_at: timestamp(refund.createdAt),
    }),
    timestamp(now),
  ])
  const { answer, refund_no: refundNo, is_credited: isCredited = false } = onlyRow(rows).answer
  return { answer, refundNo, isCredited }
}

/** What WeChat proved of a refund's end. */
export type RefundEnd = {
  state: 'done' | 'closed' | 'abnormal'
  refundNumber: string
  wechatRefundId: string
  amountFen: Fen
  payerFen: Fen
  arrivedIn?: string | undefined
  at: Instant
}
export type FinishAnswer = 'recorded' | 'before' | 'unknown-refund' | 'other-amount'

/** Records the end of a refund; what is not this refund's is refused and writes nothing. */
export async function finishRefund(
  database: Database,
  { paymentId, refundNo }: RefundKey,
  end: RefundEnd,
  now: Instant,
): Promise<FinishAnswer> {
  const rows = await database.run<{ answer: FinishAnswer }>(FINISH, [
    paymentId,
    refundNo,
    JSON.stringify({
      state: end.state,
      refund_number: end.refundNumber,
      wechat_refund_id: end.wechatRefundId,
      amount_fen: end.amountFen,
      payer_fen: end.payerFen,
      arrived_in: end.arrivedIn,
      at: timestamp(end.at),
    }),
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

/** Ends the claimed task of a refund that has ended, or gives it to a person while some of the item is with nobody. */
export async function endRefundTask(
  database: Database,
  { paymentId, refundNo }: RefundKey,
  now: Instant,
): Promise<void> {
  await database.run(END_TASK, [paymentId, refundNo, timestamp(now)])
}
