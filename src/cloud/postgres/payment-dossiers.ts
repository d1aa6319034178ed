import { type Database, statement } from './database'
import { PAYMENT_COLUMNS, type Payment, type PaymentItem, type PaymentOrder } from './payments'

/** A payment with all that belongs to it. */
export type PaymentDossier = { payment: Payment; orders: PaymentOrder[]; items: PaymentItem[] }

const ORDER = `order_no as "orderNo", order_number as "orderNumber", payee_id as "payeeId",
  amount_fen as "amountFen", transaction_id as "transactionId", paid_at as "paidAt"`
const ITEM = `item_no as "itemNo", order_no as "orderNo", biller_id as "billerId",
  account_id as "accountId", account_tail as "accountTail", bill_id as "billId", revision, month,
  due_on as "dueOn", principal_fen as "principalFen", late_fee_fen as "lateFeeFen",
  amount_fen as "amountFen", state, undo_minutes as "undoMinutes", undo_ended_at as "undoEndedAt",
  undone_at as "undoneAt", credit, posting_number as "postingNumber", posted_at as "postedAt", rejection, rejected_at as "rejectedAt", receipt_number as "receiptNumber"`
const PAYMENT_PART = partOfRow<Payment>('payment', 'p', PAYMENT_COLUMNS)
const ORDER_PART = partOfRow<PaymentOrder>('order', 'o', ORDER)
const ITEM_PART = partOfRow<PaymentItem>('item', 'i', ITEM)
/** One row per item, with its order and the payment beside it: all of one shard, in one round trip. */
const DOSSIERS = `select ${PAYMENT_PART.columns}, ${ORDER_PART.columns}, ${ITEM_PART.columns}
   from payment p
     join payment_item i on i.payment_id = p.payment_id
     join payment_order o on o.payment_id = i.payment_id and o.order_no = i.order_no`
const DOSSIER = statement(
  'payment-dossier',
  `${DOSSIERS} where p.payment_id = $1 order by i.item_no`,
)
const SEVERAL_DOSSIERS = statement(
  'payment-dossiers',
  `${DOSSIERS} where p.payment_id = any($1::text[]) order by p.payment_id, i.item_no`,
)

type DossierRow = Record<string, unknown>

export async function findDossier(
  database: Database,
  paymentId: string,
): Promise<PaymentDossier | undefined> {
  const rows = await database.run<DossierRow>(DOSSIER, [paymentId])
  return rows.length === 0 ? undefined : dossierOf(rows)
}

/** Several payments, by their ids; those that are not there are left out. */
export async function findDossiers(
  database: Database,
  paymentIds: readonly string[],
): Promise<Map<string, PaymentDossier>> {
  if (paymentIds.length === 0) return new Map()
  const rows = await database.run<DossierRow>(SEVERAL_DOSSIERS, [[...paymentIds]])
  const rowsOf = new Map<string, DossierRow[]>()
  for (const row of rows) {
    const id = String(row['payment.paymentId'])
    const before = rowsOf.get(id)
    if (before === undefined) rowsOf.set(id, [row])
    else before.push(row)
  }
  return new Map([...rowsOf].map(([id, own]) => [id, dossierOf(own)]))
}

/** Of the rows of one payment, at least one. */
function dossierOf(rows: readonly DossierRow[]): PaymentDossier {
  const orders = new Map<unknown, PaymentOrder>()
  for (const row of rows) orders.set(row['order.orderNo'], ORDER_PART.of(row))
  return {
    payment: PAYMENT_PART.of(rows[0] ?? {}),
    orders: [...orders.values()].sort((one, other) => one.orderNo - other.orderNo),
    items: rows.map((row) => ITEM_PART.of(row)),
  }
}

/** One table's columns in a joined row: named apart in the statement, taken out of it again. */
function partOfRow<Table>(name: string, alias: string, list: string) {
  const columns = list.split(',').map((column) => {
    const [, own = '', as = own] = /^\s*(\w+)(?: as "(\w+)")?\s*$/.exec(column) ?? []
    return { own, as, joined: `${name}.${as}` }
  })
  return {
    columns: columns.map(({ own, joined }) => `${alias}.${own} as "${joined}"`).join(', '),
    of: (row: Record<string, unknown>): Table => {
      const part: Record<string, unknown> = {}
      for (const { as, joined } of columns) part[as] = row[joined]
      return part as Table
    },
  }
}
