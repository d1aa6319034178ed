import type { Fen } from '../../core/money'
import type { DateText, Instant, MonthText } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'

/** A payment as it is stored, without its orders and items. */
export type Payment = {
  paymentId: string
  openid: string
  phonePaymentId: string
  digest: string
  state: 'created' | 'awaiting' | 'paid' | 'closed'
  mode: 'direct' | 'partner'
  kind: 'ordinary' | 'combined'
  merchantId: string
  orderNumber: string
  amountFen: Fen
  prepayId: string | null
  createdAt: Instant
  quotedAt: Instant
  expiresAt: Instant
  asks: number
  nextAskAt: Instant | null
  paidAt: Instant | null
  settledAt: Instant | null
  closedAt: Instant | null
}

export type PaymentOrder = {
  orderNo: number
  orderNumber: string
  payeeId: string
  amountFen: Fen
  transactionId: string | null
  paidAt: Instant | null
}

export type PaymentItem = {
  itemNo: number
  orderNo: number
  billerId: string
  accountId: string
  billId: string
  revision: number
  month: MonthText
  dueOn: DateText
  principalFen: Fen
  lateFeeFen: Fen
  amountFen: Fen
  state: 'unposted' | 'posting' | 'posted' | 'rejected' | null
  credit: 'credited' | 'already' | 'duplicate' | 'not-due' | null
  postingNumber: string | null
  postedAt: Instant | null
  rejection: string | null
  receiptNumber: string | null
}

export type PaymentDossier = { payment: Payment; orders: PaymentOrder[]; items: PaymentItem[] }

const PAYMENT = `payment_id as "paymentId", openid, phone_payment_id as "phonePaymentId",
  digest, state, mode,
  kind, merchant_id as "merchantId", order_number as "orderNumber", amount_fen as "amountFen",
  prepay_id as "prepayId", created_at as "createdAt", quoted_at as "quotedAt",
  expires_at as "expiresAt", asks, next_ask_at as "nextAskAt", paid_at as "paidAt",
  settled_at as "settledAt", closed_at as "closedAt"`

const FIND = statement('payment-find', `select ${PAYMENT} from payment where payment_id = $1`)
const FIND_SEVERAL = statement(
  'payment-find-several',
  `select ${PAYMENT} from payment where payment_id = any($1::text[])`,
)
const TO_ASK = statement(
  'payment-to-ask',
  `select ${PAYMENT} from payment where state in ('created', 'awaiting') and next_ask_at <= $1::timestamptz
   order by next_ask_at limit $2`,
)
const ORDERS = statement(
  'payment-orders',
  `select order_no as "orderNo", order_number as "orderNumber", payee_id as "payeeId",
     amount_fen as "amountFen", transaction_id as "transactionId", paid_at as "paidAt"
   from payment_order where payment_id = $1 order by order_no`,
)
const ITEMS = statement(
  'payment-items',
  `select i.item_no as "itemNo", i.order_no as "orderNo", i.biller_id as "billerId",
     i.account_id as "accountId", i.bill_id as "billId", i.revision, i.month, i.due_on as "dueOn",
     i.principal_fen as "principalFen", i.late_fee_fen as "lateFeeFen", i.amount_fen as "amountFen",
     i.state, i.credit, i.posting_number as "postingNumber", i.posted_at as "postedAt", i.rejection,
     r.receipt_number as "receiptNumber"
   from payment_item i left join receipt r on r.payment_id = i.payment_id and r.item_no = i.item_no
   where i.payment_id = $1 order by i.item_no`,
)
const ITEMS_OF_SEVERAL = statement(
  'payment-items-of-several',
  `select payment_id as "paymentId", item_no as "itemNo", account_id as "accountId",
     bill_id as "billId", biller_id as "billerId", revision, state
   from payment_item where payment_id = any($1::text[])`,
)
const PAID_BEFORE = statement(
  'payment-paid-before',
  `select distinct i.account_id as "accountId" from payment p join payment_item i on i.payment_id = p.payment_id
   where p.openid = $1 and p.state = 'paid' and i.account_id = any($2::text[])`,
)
const PAID_SINCE = statement(
  'payment-paid-since',
  `select coalesce(sum(amount_fen), 0)::bigint as amount from payment
   where openid = $1 and state = 'paid' and paid_at >= $2::timestamptz`,
)
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
  'select record_paid($1, $2::jsonb, $3::jsonb, $4, $5::timestamptz) as answer',
)

export async function findPayment(
  database: Database,
  paymentId: string,
): Promise<Payment | undefined> {
  const [row] = await database.run<Payment>(FIND, [paymentId])
  return row
}

export async function findPayments(
  database: Database,
  paymentIds: readonly string[],
): Promise<Map<string, Payment>> {
  if (paymentIds.length === 0) return new Map()
  const rows = await database.run<Payment>(FIND_SEVERAL, [[...paymentIds]])
  return new Map(rows.map((row) => [row.paymentId, row]))
}

/** A payment with all that belongs to it. */
export async function findDossier(
  database: Database,
  paymentId: string,
): Promise<PaymentDossier | undefined> {
  const [payment, orders, items] = await Promise.all([
    findPayment(database, paymentId),
    database.run<PaymentOrder>(ORDERS, [paymentId]),
    itemsOf(database, paymentId),
  ])
  return payment && { payment, orders, items }
}

export function itemsOf(database: Database, paymentId: string): Promise<PaymentItem[]> {
  return database.run<PaymentItem>(ITEMS, [paymentId])
}

/** The part of an item that says where its bill stands. */
export type LockedItem = Pick<
  PaymentItem,
  'itemNo' | 'accountId' | 'billId' | 'billerId' | 'revision' | 'state'
> & {
  paymentId: string
}

export function itemsOfPayments(
  database: Database,
  paymentIds: readonly string[],
): Promise<LockedItem[]> {
  if (paymentIds.length === 0) return Promise.resolve([])
  return database.run<LockedItem>(ITEMS_OF_SEVERAL, [[...paymentIds]])
}

/** Payments whose outcome is unknown and whose next question is due. */
export function paymentsToAsk(database: Database, now: Instant, most: number): Promise<Payment[]> {
  return database.run<Payment>(TO_ASK, [timestamp(now), most])
}

/** Those of the accounts that this resident has paid for before. */
export async function accountsPaidBefore(
  database: Database,
  openid: string,
  accountIds: readonly string[],
): Promise<Set<string>> {
  const rows = await database.run<{ accountId: string }>(PAID_BEFORE, [openid, [...accountIds]])
  return new Set(rows.map((row) => row.accountId))
}

/** What this resident paid since an instant, in fen. */
export async function paidSince(database: Database, openid: string, since: Instant): Promise<Fen> {
  const rows = await database.run<{ amount: Fen }>(PAID_SINCE, [openid, timestamp(since)])
  return onlyRow(rows).amount
}

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
    | 'billId'
    | 'revision'
    | 'month'
    | 'dueOn'
    | 'principalFen'
    | 'lateFeeFen'
    | 'amountFen'
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

/** Locks the bills and writes the payment, in one call (start_payment). */
export async function startPaymentRow(
  database: Database,
  payment: PaymentToStart,
  now: Instant,
): Promise<StartAnswer> {
  const ordered = [...payment.items].sort(
    (a, b) => compare(a.accountId, b.accountId) || compare(a.billId, b.billId),
  )
  const rows = await database.run<{ answer: StartAnswer }>(START, [
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
        bill_id: item.billId,
        revision: item.revision,
        month: item.month,
        due_on: item.dueOn,
        principal_fen: item.principalFen,
        late_fee_fen: item.lateFeeFen,
        amount_fen: item.amountFen,
      })),
    ),
    timestamp(now),
  ])
  return onlyRow(rows).answer
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

export type PaidPart = {
  orderNumber: string
  transactionId: string
  amountFen: Fen
  payerFen: Fen
  paidAt: Instant
}
export type SealedReceipt = { itemNo: number; receiptNumber: string; code: string; keyId: string }
export type RecordAnswer =
  | 'settled'
  | 'before'
  | 'unknown'
  | 'different-amount'
  | 'different-transaction'

/** Settles: states, receipts, ledger, outbox and audit in one call (record_paid). */
export async function recordPaidRow(
  database: Database,
  paid: {
    paymentId: string
    parts: readonly PaidPart[]
    receipts: readonly SealedReceipt[]
    noticeId: string | null
  },
  now: Instant,
): Promise<RecordAnswer> {
  const rows = await database.run<{ answer: RecordAnswer }>(RECORD_PAID, [
    paid.paymentId,
    JSON.stringify(
      paid.parts.map((part) => ({
        order_number: part.orderNumber,
        transaction_id: part.transactionId,
        amount_fen: part.amountFen,
        payer_fen: part.payerFen,
        paid_at: timestamp(part.paidAt),
      })),
    ),
    JSON.stringify(
      paid.receipts.map((receipt) => ({
        item_no: receipt.itemNo,
        receipt_number: receipt.receiptNumber,
        code: receipt.code,
        key_id: receipt.keyId,
      })),
    ),
    paid.noticeId,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}
