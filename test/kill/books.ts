import { type Database, onlyRow, statement } from '../../src/cloud/postgres/database'

export type PaymentInBooks = {
  paymentId: string
  openid: string
  phonePaymentId: string
  orderNumber: string
  state: string
  amountFen: number
}
export type ItemInBooks = {
  paymentId: string
  itemNo: number
  /** The bill and its revision. */
  bill: string
  state: string
  credit: string | null
  hasReceipt: boolean
  posting: string | null
}
export type RefundInBooks = {
  refundNumber: string
  paymentId: string
  itemNo: number
  state: string
}
export type Books = {
  payments: PaymentInBooks[]
  items: ItemInBooks[]
  refunds: RefundInBooks[]
  ledgerFen: number
  walletFen: number
  /** Tasks that are still to be done by themselves, and those that a person was given. */
  tasksOpen: number
  ofPersons: string[]
}

const PAYMENTS = statement(
  'kill-payments',
  `select payment_id as "paymentId", openid, phone_payment_id as "phonePaymentId",
     order_number as "orderNumber", state, amount_fen as "amountFen" from payment`,
)
const ITEMS = statement(
  'kill-items',
  `select i.payment_id as "paymentId", item_no as "itemNo",
     account_id || '/' || bill_id || '/' || revision as bill, i.state, credit,
     receipt_code is not null as "hasReceipt", posting_number as posting
   from payment_item i join payment p using (payment_id) where p.state = 'paid'`,
)
const REFUNDS = statement(
  'kill-refunds',
  `select refund_number as "refundNumber", payment_id as "paymentId", item_no as "itemNo", state from refund`,
)
const SUMS = statement(
  'kill-sums',
  `select (select coalesce(sum(amount_fen), 0) from ledger_entry)::bigint as "ledgerFen",
     (select coalesce(sum(amount_fen), 0) from ledger_entry where ledger_account = 'wallet')::bigint as "walletFen",
     (select count(*) from outbox_task where done_at is null and person_reason is null)::int as "tasksOpen",
     (select coalesce(jsonb_agg(kind || ': ' || person_reason), '[]') from outbox_task
      where done_at is null and person_reason is not null) as "ofPersons"`,
)

/** What the database says. */
export async function readBooks(database: Database): Promise<Books> {
  const sums = await database.run<Omit<Books, 'payments' | 'items' | 'refunds'>>(SUMS)
  return {
    ...onlyRow(sums),
    payments: await database.run<PaymentInBooks>(PAYMENTS),
    items: await database.run<ItemInBooks>(ITEMS),
    refunds: await database.run<RefundInBooks>(REFUNDS),
  }
}
