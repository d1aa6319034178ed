import type { Fen } from '../../core/money'
import type { Instant } from '../../core/time'
import type { ReversalOutcome } from '../billers/biller'
import { type Database, onlyRow, statement, timestamp } from './database'
import { REFUND_COLUMNS, type RefundKey, type RequestAnswer, type StoredRefund } from './refunds'

const ASK = statement('refund-ask', 'select ask_refund($1, $2::jsonb, $3::timestamptz) as answer')
const APPROVE = statement(
  'refund-approve',
  'select approve_refund($1, $2::int, $3, $4::timestamptz) as answer',
)
const DECLINE = statement(
  'refund-decline',
  'select decline_refund($1, $2::int, $3, $4, $5::timestamptz) as answer',
)
const REVERSED = statement(
  'refund-reversed',
  'select finish_reversal($1, $2::int, $3, $4::timestamptz, $5, $6::timestamptz) as answer',
)
const SETTLE = statement(
  'refund-settle-with-biller',
  'select settle_with_biller($1, $2::int, $3, $4, $5, $6::timestamptz) as answer',
)
const OPEN = statement(
  'refunds-requested',
  `select ${REFUND_COLUMNS} from refund where state = 'requested'
   order by requested_at, payment_id limit $1`,
)

/** What a person asks to be given back of an item. */
export type RefundToAsk = {
  paymentId: string
  itemNo: number
  amountFen: Fen
  reason: string
  /** Who asks: the id of a member of the biller's staff. */
  actor: string
}

export type AskAnswer = RequestAnswer | 'not-staff'

/** Asks for money back by a person's word; the same open request again is the one before. */
export async function askRefund(
  database: Database,
  { paymentId, itemNo, amountFen, reason, actor }: RefundToAsk,
  now: Instant,
): Promise<{ answer: AskAnswer; refundNo?: number | undefined }> {
  const contents = JSON.stringify({ item_no: itemNo, amount_fen: amountFen, reason, actor })
  const rows = await database.run<{ answer: { answer: AskAnswer; refund_no?: number } }>(ASK, [
    paymentId,
    contents,
    timestamp(now),
  ])
  const { answer, refund_no: refundNo } = onlyRow(rows).answer
  return { answer, refundNo }
}

export type ApproveAnswer =
  | 'approved'
  | 'before'
  | 'unknown-refund'
  | 'not-staff'
  | 'not-open'
  | 'own-request'
  | 'own-payment'
  | 'posting-unknown'
  | 'too-late'

/** Another person approves: nobody what they asked for, nobody what they paid. */
export async function approveRefund(
  database: Database,
  { paymentId, refundNo }: RefundKey,
  staffId: string,
  now: Instant,
): Promise<ApproveAnswer> {
  const rows = await database.run<{ answer: ApproveAnswer }>(APPROVE, [
    paymentId,
    refundNo,
    staffId,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

export type DeclineAnswer = 'declined' | 'before' | 'unknown-refund' | 'not-staff' | 'not-open'

/**
 * Ends a request before anything of it moved, or withdraws what WeChat refused; what waited to be posted is posted, of
 * what was refused once a person says so.
 */
export async function declineRefund(
  database: Database,
  { paymentId, refundNo }: RefundKey,
  by: { staffId: string; reason: string },
  now: Instant,
): Promise<DeclineAnswer> {
  const rows = await database.run<{ answer: DeclineAnswer }>(DECLINE, [
    paymentId,
    refundNo,
    by.staffId,
    by.reason,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

/** What the biller said of taking its credit back. */
export async function finishReversal(
  database: Database,
  { paymentId, refundNo }: RefundKey,
  outcome: ReversalOutcome,
  now: Instant,
): Promise<void> {
  const isReversed = outcome.state === 'reversed'
  await database.run(REVERSED, [
    paymentId,
    refundNo,
    isReversed ? outcome.reversalNumber : null,
    isReversed ? timestamp(outcome.reversedAt) : null,
    isReversed ? null : outcome.code,
    timestamp(now),
  ])
}

/** What a person found out at the biller: the number of its reversal; without one it keeps its credit. */
export type SettledWithBiller = { staffId: string; number?: string | undefined; outcome: string }
export type SettleAnswer = 'settled' | 'before' | 'not-staff' | 'not-listed'

/** Ends what a refund by hand left to be settled with the biller. */
export async function settleWithBiller(
  database: Database,
  { paymentId, refundNo }: RefundKey,
  { staffId, number, outcome }: SettledWithBiller,
  now: Instant,
): Promise<SettleAnswer> {
  const rows = await database.run<{ answer: SettleAnswer }>(SETTLE, [
    paymentId,
    refundNo,
    staffId,
    number ?? null,
    outcome,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

/** What waits for a second person, the oldest first. */
export function requestedRefunds(database: Database, most: number): Promise<StoredRefund[]> {
  return database.run<StoredRefund>(OPEN, [most])
}
