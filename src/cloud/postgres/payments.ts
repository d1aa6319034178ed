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
  /** The last four of its number, as they were when the payment began. */
  accountTail: string
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
const PAYMENT_IN_DOSSIER = PAYMENT.split(',')
  .map((column) => {
    const [, name = '', as] = /^\s*(\w+)(?: as "(\w+)")?\s*$/.exec(column) ?? []
    return `p.${name} as "payment.${as ?? name}"`
  })
  .join(', ')
/** One row per item, with its order and the payment beside it: all of one shard, in one round trip. */
const DOSSIER = statement(
  'payment-dossier',
  `select ${PAYMENT_IN_DOSSIER},
     o.order_no as "order.orderNo", o.order_number as "order.orderNumber",
     o.payee_id as "order.payeeId", o.amount_fen as "order.amountFen",
     o.transaction_id as "order.transactionId", o.paid_at as "order.paidAt",
     i.item_no as "item.itemNo", i.order_no as "item.orderNo", i.biller_id as "item.billerId",
     i.account_id as "item.accountId", i.account_tail as "item.accountTail",
     i.bill_id as "item.billId", i.revision as "item.revision", i.month as "item.month",
     i.due_on as "item.dueOn", i.principal_fen as "item.principalFen",
     i.late_fee_fen as "item.lateFeeFen", i.amount_fen as "item.amountFen", i.state as "item.state",
     i.credit as "item.credit", i.posting_number as "item.postingNumber",
     i.posted_at as "item.postedAt", i.rejection as "item.rejection",
     r.receipt_number as "item.receiptNumber"
   from payment p
     join payment_item i on i.payment_id = p.payment_id
     join payment_order o on o.payment_id = i.payment_id and o.order_no = i.order_no
     left join receipt r on r.payment_id = i.payment_id and r.item_no = i.item_no
   where p.payment_id = $1 order by i.item_no`,
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
  const rows = await database.run<Record<string, unknown>>(DOSSIER, [paymentId])
  const [first] = rows
  if (first === undefined) return undefined
  const orders = new Map<unknown, PaymentOrder>()
  for (const row of rows) orders.set(row['order.orderNo'], part<PaymentOrder>(row, 'order'))
  return {
    payment: part<Payment>(first, 'payment'),
    orders: [...orders.values()].sort((one, other) => one.orderNo - other.orderNo),
    items: rows.map((row) => part<PaymentItem>(row, 'item')),
  }
}

/** The columns of one table in a joined row. */
function part<Table>(row: Record<string, unknown>, name: string): Table {
  const prefix = `${name}.`
  const own = Object.entries(row).filter(([column]) => column.startsWith(prefix))
  return Object.fromEntries(
    own.map(([column, value]) => [column.slice(prefix.length), value]),
  ) as Table
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
