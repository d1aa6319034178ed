import type { Fen } from '../../core/money'
import type { Instant } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'
import type { Payment, PaymentItem } from './payments'

const START = statement(
  'payment-start',
  'select start_payment($1, $2::jsonb, $3::jsonb, $4::jsonb, $5::timestamptz) as answer',
)
const AWAIT = statement('payment-await', 'select mark_awaiting($1, $2) as answer')
const CLAIM_ASK = statement(
  'payment-claim-ask',
  'select claim_ask($1, $2::int, $3::timestamptz) as answer',
)
const CLOSE = statement('payment-close', 'select close_payment($1, $2::timestamptz) as answer')
const RECORD_PAID = statement(
  'payment-record-paid',
  'select record_paid($1, $2::jsonb, $3, $4::timestamptz) as answer',
)

export type PaymentToStart = {
  paymentId: string
  openid: string
  phonePaymentId: string
  digest: string
  mode: 'direct' | 'partner'
  kind: 'ordinary' | 'combined'
  merchantId: string
  orderNumber: string
  amountFen: Fen
  expiresAt: Instant
  nextAskAt: Instant
  orders: { orderNo: number; orderNumber: string; payeeId: string; amountFen: Fen }[]
  items: Pick<
    PaymentItem,
    | 'itemNo'
    | 'orderNo'
    | 'billerId'
    | 'accountId'
    | 'accountTail'
    | 'billId'
    | 'revision'
    | 'month'
    | 'dueOn'
    | 'principalFen'
    | 'lateFeeFen'
    | 'receiptNumber'
    | 'undoMinutes'
  >[]
}

export type StartAnswer =
  | { started: 'now' | 'before' }
  | {
      refused: 'different-contents' | 'not-found' | 'already-paid' | 'being-paid' | 'amount-changed'
      account_id?: string
      bill_id?: string
      holder?: string
    }

type BrokenLaw = { refused: 'same-bill-twice' | 'sums-differ' }

/**
 * Locks the bills and writes the payment, in one call (start_payment). That its amounts agree and no
 * bill is in it twice is for the caller to see to: the database refuses it, which is a bug (law 4).
 */
export async function startPaymentRow(
  database: Database,
  payment: PaymentToStart,
  now: Instant,
): Promise<StartAnswer> {
  const ordered = [...payment.items].sort(
    (a, b) => compare(a.accountId, b.accountId) || compare(a.billId, b.billId),
  )
  const rows = await database.run<{ answer: StartAnswer | BrokenLaw }>(START, [
    payment.paymentId,
    JSON.stringify({
      openid: payment.openid,
      phone_payment_id: payment.phonePaymentId,
      digest: payment.digest,
      mode: payment.mode,
      kind: payment.kind,
      merchant_id: payment.merchantId,
      order_number: payment.orderNumber,
      amount_fen: payment.amountFen,
      expires_at: timestamp(payment.expiresAt),
      next_ask_at: timestamp(payment.nextAskAt),
    }),
    JSON.stringify(
      payment.orders.map((order) => ({
        order_no: order.orderNo,
        order_number: order.orderNumber,
        payee_id: order.payeeId,
        amount_fen: order.amountFen,
      })),
    ),
    JSON.stringify(
      ordered.map((item) => ({
        item_no: item.itemNo,
        order_no: item.orderNo,
        biller_id: item.billerId,
        account_id: item.accountId,
        account_tail: item.accountTail,
        bill_id: item.billId,
        revision: item.revision,
        month: item.month,
        due_on: item.dueOn,
        principal_fen: item.principalFen,
        late_fee_fen: item.lateFeeFen,
        receipt_number: item.receiptNumber,
        undo_minutes: item.undoMinutes,
      })),
    ),
    timestamp(now),
  ])
  const { answer } = onlyRow(rows)
  if (
    'refused' in answer &&
    (answer.refused === 'same-bill-twice' || answer.refused === 'sums-differ')
  )
    throw new Error(`law 4: ${payment.paymentId} was refused by the database, ${answer.refused}`)
  return answer as StartAnswer
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** WeChat gave a prepay id: the sheet may open. */
export async function markAwaiting(
  database: Database,
  paymentId: string,
  prepayId: string,
): Promise<string> {
  return onlyRow(await database.run<{ answer: string }>(AWAIT, [paymentId, prepayId])).answer
}

/** Takes the next question to WeChat; false when another asker has it. */
export async function claimAsk(
  database: Database,
  payment: Payment,
  nextAskAt: Instant,
): Promise<boolean> {
  const rows = await database.run<{ answer: boolean }>(CLAIM_ASK, [
    payment.paymentId,
    payment.asks,
    timestamp(nextAskAt),
  ])
  return onlyRow(rows).answer
}

/** WeChat proved the end of the order. */
export async function closePayment(
  database: Database,
  paymentId: string,
  now: Instant,
): Promise<string> {
  return onlyRow(await database.run<{ answer: string }>(CLOSE, [paymentId, timestamp(now)])).answer
}

/** What WeChat proved of one of our orders. `openid` is absent where WeChat does not name the payer. */
export type PaidFact = {
  orderNumber: string
  merchantId: string
  openid?: string | undefined
  parts: readonly {
    orderNumber: string
    payeeId: string
    transactionId: string
    amountFen: Fen
    payerFen: Fen
    paidAt: Instant
    /** Some of it has been given back since: its items are not posted before a person says so. */
    isRefunded?: boolean
  }[]
}
export type RecordAnswer =
  | 'settled'
  | 'before'
  | 'unknown-order'
  | 'other-payee'
  | 'other-payer'
  | 'other-amount'
  | 'other-transaction'

/**
 * Settles: states, ledger, outbox and audit in one call (record_paid). The same fact again answers
 * `before` and changes nothing; one that is not this payment's is refused and writes nothing.
 */
export async function recordPaid(
  database: Database,
  paid: { paymentId: string; fact: PaidFact; noticeId?: string },
  now: Instant,
): Promise<RecordAnswer> {
  const { fact } = paid
  const rows = await database.run<{ answer: RecordAnswer }>(RECORD_PAID, [
    paid.paymentId,
    JSON.stringify({
      order_number: fact.orderNumber,
      merchant_id: fact.merchantId,
      openid: fact.openid,
      parts: Object.fromEntries(
        fact.parts.map((part) => [
          part.orderNumber,
          {
            payee_id: part.payeeId,
            transaction_id: part.transactionId,
            amount_fen: part.amountFen,
            payer_fen: part.payerFen,
            paid_at: timestamp(part.paidAt),
            is_refunded: part.isRefunded,
          },
        ]),
      ),
    }),
    paid.noticeId ?? null,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}
