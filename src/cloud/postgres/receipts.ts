import type { ItemState } from '../../core/item'
import type { Fen } from '../../core/money'
import type { Instant, MonthText } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'

/** A receipt with the item it proves. */
export type ReceiptRecord = {
  paymentId: string
  itemNo: number
  openid: string
  phonePaymentId: string
  receiptNumber: string
  /** Null between settling and the credit step, a moment later. */
  code: string | null
  issuedAt: Instant
  printedAt: Instant | null
  printedBy: string | null
  billerId: string
  accountId: string
  billId: string
  month: MonthText
  dueOn: string
  principalFen: Fen
  lateFeeFen: Fen
  amountFen: Fen
  refundedFen: Fen
  /** Money of it is on its way back: approved, or with WeChat. */
  isReturning: boolean
  state: ItemState
  undoMinutes: number
  undoEndedAt: Instant | null
  credit: 'credited' | 'already' | 'duplicate' | 'not-due' | null
  postingNumber: string | null
  postedAt: Instant | null
  transactionId: string
  paidAt: Instant
}

const COLUMNS = `i.payment_id as "paymentId", i.item_no as "itemNo", p.openid,
  p.phone_payment_id as "phonePaymentId", i.receipt_number as "receiptNumber",
  i.receipt_code as code, p.settled_at as "issuedAt", i.printed_at as "printedAt",
  i.printed_by as "printedBy", i.biller_id as "billerId", i.account_id as "accountId",
  i.bill_id as "billId", i.month, i.due_on as "dueOn", i.principal_fen as "principalFen",
  i.late_fee_fen as "lateFeeFen", i.amount_fen as "amountFen", i.refunded_fen as "refundedFen",
  i.state, i.undo_minutes as "undoMinutes", i.undo_ended_at as "undoEndedAt", i.credit, i.posting_number as "postingNumber", i.posted_at as "postedAt",
  o.transaction_id as "transactionId", o.paid_at as "paidAt",
  exists (select from refund r where r.payment_id = i.payment_id and r.item_no = i.item_no
    and r.state in ('approved', 'sent', 'abnormal')) as "isReturning"`
const FROM = `from payment_item i join payment p on p.payment_id = i.payment_id
  join payment_order o on o.payment_id = i.payment_id and o.order_no = i.order_no`

const BY_NUMBER = statement(
  'receipt-by-number',
  `select ${COLUMNS} ${FROM} where i.receipt_number = $1 and p.state = 'paid'`,
)
const OF_RESIDENT = statement(
  'receipt-of-resident',
  `select ${COLUMNS} ${FROM} where p.openid = $1 and p.state = 'paid'
     and ($2::text is null or p.payment_id = $2)
     and ($3::timestamptz is null or (p.settled_at, i.payment_id, i.item_no) < ($3::timestamptz, $4, $5::int))
     and ($6::text is null or i.account_id = $6)
   order by p.settled_at desc, i.payment_id desc, i.item_no desc limit $7`,
)
const OF_BILL = statement(
  'receipt-of-bill',
  `select i.receipt_number as "receiptNumber" from payment_item i join payment p using (payment_id)
   where i.payment_id = $1 and i.item_no = $2::int and p.state = 'paid'`,
)
const COUNT = statement(
  'receipt-count',
  `select count(*)::int as receipts from payment p join payment_item i on i.payment_id = p.payment_id
   where p.openid = $1 and p.state = 'paid' and ($2::text is null or i.account_id = $2)`,
)
const PRINT = statement(
  'receipt-print',
  'select print_receipt($1, $2::int, $3, $4::timestamptz) as answer',
)

export async function receiptByNumber(
  database: Database,
  receiptNumber: string,
): Promise<ReceiptRecord | undefined> {
  const [row] = await database.run<ReceiptRecord>(BY_NUMBER, [receiptNumber])
  return row
}

export type ReceiptPageAfter = { settledAt: Instant; paymentId: string; itemNo: number }

/** The resident's own receipts, newest first; of one payment, of one account when that is given. */
export function receiptsOf(
  database: Database,
  page: {
    openid: string
    paymentId?: string | undefined
    accountId?: string | undefined
    after?: ReceiptPageAfter | undefined
    most: number
  },
): Promise<ReceiptRecord[]> {
  return database.run<ReceiptRecord>(OF_RESIDENT, [
    page.openid,
    page.paymentId ?? null,
    page.after === undefined ? null : timestamp(page.after.settledAt),
    page.after?.paymentId ?? null,
    page.after?.itemNo ?? null,
    page.accountId ?? null,
    page.most,
  ])
}

export async function receiptNumberOf(
  database: Database,
  paymentId: string,
  itemNo: number,
): Promise<string | undefined> {
  const [row] = await database.run<{ receiptNumber: string }>(OF_BILL, [paymentId, itemNo])
  return row?.receiptNumber
}

export async function countReceipts(
  database: Database,
  openid: string,
  accountId?: string,
): Promise<number> {
  return onlyRow(await database.run<{ receipts: number }>(COUNT, [openid, accountId ?? null]))
    .receipts
}

/** Marks as printed once; says who printed it and whether it was so before. */
export async function printReceiptRow(
  database: Database,
  key: { paymentId: string; itemNo: number; staffId: string },
  now: Instant,
): Promise<{ again: boolean; printedAt: Instant; printedBy: string }> {
  const rows = await database.run<{
    answer: { again: boolean; printed_at: string; printed_by: string }
  }>(PRINT, [key.paymentId, key.itemNo, key.staffId, timestamp(now)])
  const { answer } = onlyRow(rows)
  return {
    again: answer.again,
    printedAt: Date.parse(answer.printed_at),
    printedBy: answer.printed_by,
  }
}
