import type { ItemState } from '../../core/item'
import type { Fen } from '../../core/money'
import type { DateText, Instant, MonthText } from '../../core/time'
import type { StoredBill } from './bills'
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
  /** The last four of its number, as they were when the payment began. */
  accountTail: string
  billId: string
  revision: number
  month: MonthText
  dueOn: DateText
  principalFen: Fen
  lateFeeFen: Fen
  amountFen: Fen
  /** Unposted from the start: it counts once the payment is paid. */
  state: ItemState
  /** How long its posting waits after settling, so that it can be taken back; 0: not at all. */
  undoMinutes: number
  /** Since when it goes to its biller, of those that could be taken back. */
  undoEndedAt: Instant | null
  undoneAt: Instant | null
  credit: 'credited' | 'already' | 'duplicate' | 'not-due' | null
  postingNumber: string | null
  postedAt: Instant | null
  rejection: string | null
  rejectedAt: Instant | null
  /** Given when the payment starts; a receipt stands behind it once the item is settled. */
  receiptNumber: string
}

export const PAYMENT_COLUMNS = `payment_id as "paymentId", openid, phone_payment_id as "phonePaymentId",
  digest, state, mode,
  kind, merchant_id as "merchantId", order_number as "orderNumber", amount_fen as "amountFen",
  prepay_id as "prepayId", created_at as "createdAt", quoted_at as "quotedAt",
  expires_at as "expiresAt", asks, next_ask_at as "nextAskAt", paid_at as "paidAt",
  settled_at as "settledAt", closed_at as "closedAt"`

const FIND = statement(
  'payment-find',
  `select ${PAYMENT_COLUMNS} from payment where payment_id = $1`,
)
const FIND_SEVERAL = statement(
  'payment-find-several',
  `select ${PAYMENT_COLUMNS} from payment where payment_id = any($1::text[])`,
)
const TO_ASK = statement(
  'payment-to-ask',
  `select ${PAYMENT_COLUMNS} from payment where state in ('created', 'awaiting') and next_ask_at <= $1::timestamptz
   order by next_ask_at limit $2`,
)
const SETTLED_ITEMS = statement(
  'payment-settled-items',
  `select i.payment_id as "paymentId", i.item_no as "itemNo", i.biller_id as "billerId",
     i.account_id as "accountId", i.account_tail as "accountTail", i.bill_id as "billId", i.revision,
     i.month, i.principal_fen as "principalFen", i.late_fee_fen as "lateFeeFen",
     i.amount_fen as "amountFen", i.state, i.undo_minutes as "undoMinutes",
     i.undo_ended_at as "undoEndedAt", i.receipt_number as "receiptNumber", p.quoted_at as "quotedAt",
     o.transaction_id as "transactionId", o.paid_at as "paidAt"
   from payment p join payment_item i on i.payment_id = p.payment_id
     join payment_order o on o.payment_id = i.payment_id and o.order_no = i.order_no
   where p.payment_id = $1 and p.state = 'paid' order by i.item_no`,
)
const ITEMS_OF_SEVERAL = statement(
  'payment-items-of-several',
  `select payment_id as "paymentId", item_no as "itemNo", account_id as "accountId",
     bill_id as "billId", biller_id as "billerId", revision, state, undo_minutes as "undoMinutes",
     reversed_fen = amount_fen as "isReversed", is_given_back(i) as "isGivenBack"
   from payment_item i where payment_id = any($1::text[])`,
)
const PAID_AMOUNTS = statement(
  'payment-paid-amounts',
  `select i.payment_id as "paymentId", i.account_id as "accountId", i.bill_id as "billId",
     i.principal_fen as "principalFen", i.late_fee_fen as "lateFeeFen",
     i.amount_fen as "amountFen", p.quoted_at as "quotedAt"
   from payment p join payment_item i on i.payment_id = p.payment_id
   where p.payment_id = any($1::text[]) and p.state = 'paid' and i.state <> 'undone' and not is_given_back(i)`,
)
const PAID_BEFORE = statement(
  'payment-paid-before',
  `select distinct i.account_id as "accountId" from payment p join payment_item i on i.payment_id = p.payment_id
   where p.openid = $1 and p.state = 'paid' and i.state <> 'undone' and not is_given_back(i)
     and i.account_id = any($2::text[])`,
)
const PAID_SINCE = statement(
  'payment-paid-since',
  `select coalesce(sum(i.amount_fen - i.refunded_fen), 0)::bigint as amount
   from payment p join payment_item i on i.payment_id = p.payment_id
   where p.openid = $1 and p.state = 'paid' and p.paid_at >= $2::timestamptz and i.state <> 'undone'`,
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

/** A paid item with WeChat's proof: what its bill, its receipt and its biller are told. */
export type SettledItem = Pick<
  PaymentItem,
  | 'itemNo'
  | 'billerId'
  | 'accountId'
  | 'accountTail'
  | 'billId'
  | 'revision'
  | 'month'
  | 'principalFen'
  | 'lateFeeFen'
  | 'amountFen'
  | 'state'
  | 'undoMinutes'
  | 'undoEndedAt'
  | 'receiptNumber'
> & {
  paymentId: string
  quotedAt: Instant
  transactionId: string
  paidAt: Instant
}

export function settledItems(database: Database, paymentId: string): Promise<SettledItem[]> {
  return database.run<SettledItem>(SETTLED_ITEMS, [paymentId])
}

/** The part of an item that says where its bill stands. */
export type LockedItem = Pick<
  PaymentItem,
  'itemNo' | 'accountId' | 'billId' | 'billerId' | 'revision' | 'state' | 'undoMinutes'
> & {
  paymentId: string
  /** The biller has taken the whole of its credit back. */
  isReversed: boolean
  /** Its money was given back whole before the biller heard of it. */
  isGivenBack: boolean
}

export function itemsOfPayments(
  database: Database,
  paymentIds: readonly string[],
): Promise<LockedItem[]> {
  if (paymentIds.length === 0) return Promise.resolve([])
  return database.run<LockedItem>(ITEMS_OF_SEVERAL, [[...paymentIds]])
}

/** What a bill cost when its payment was quoted; later days change nothing of it. */
export type PaidAmount = Pick<PaymentItem, 'principalFen' | 'lateFeeFen' | 'amountFen'> & {
  quotedAt: Instant
}

type BillUnderPayment = Pick<
  StoredBill,
  'accountId' | 'billId' | 'lockPaymentId' | 'creditedPaymentId'
>
type PaidBill = { paymentId: string; accountId: string; billId: string }

/**
 * What each bill was paid with, from the item of the settled payment that credited it or, before
 * its credit step, that holds it. Undefined for a bill of which no settled payment is known.
 */
export async function paidAmounts(
  database: Database,
  bills: readonly BillUnderPayment[],
): Promise<(bill: BillUnderPayment) => PaidAmount | undefined> {
  const payerOf = (bill: BillUnderPayment) => bill.creditedPaymentId ?? bill.lockPaymentId
  const paymentIds = [...new Set(bills.flatMap((bill) => payerOf(bill) ?? []))]
  if (paymentIds.length === 0) return () => undefined
  const rows = await database.run<PaidAmount & PaidBill>(PAID_AMOUNTS, [paymentIds])
  return (bill) =>
    rows.find(
      (row) =>
        row.paymentId === payerOf(bill) &&
        row.accountId === bill.accountId &&
        row.billId === bill.billId,
    )
}

/** Payments whose outcome is unknown and whose next question is due. */
export function paymentsToAsk(database: Database, now: Instant, most: number): Promise<Payment[]> {
  return database.run<Payment>(TO_ASK, [timestamp(now), most])
}

/** Those of the accounts that this resident has paid for before; what was taken back does not count. */
export async function accountsPaidBefore(
  database: Database,
  openid: string,
  accountIds: readonly string[],
): Promise<Set<string>> {
  const rows = await database.run<{ accountId: string }>(PAID_BEFORE, [openid, [...accountIds]])
  return new Set(rows.map((row) => row.accountId))
}

/** What this resident paid since an instant and did not get back, in fen. */
export async function paidSince(database: Database, openid: string, since: Instant): Promise<Fen> {
  const rows = await database.run<{ amount: Fen }>(PAID_SINCE, [openid, timestamp(since)])
  return onlyRow(rows).amount
}
