import { type Database, onlyRow, statement } from '../../src/cloud/postgres/database'

export type PaymentRow = {
  payment_id: string
  openid: string
  phone_payment_id: string
  state: 'created' | 'awaiting' | 'paid' | 'closed'
  order_number: string
  amount_fen: number
  created_at: string
  settled_at: string | null
}
export type ItemRow = {
  payment_id: string
  item_no: number
  order_no: number
  account_id: string
  bill_id: string
  revision: number
  amount_fen: number
  refunded_fen: number
  state: 'unposted' | 'posting' | 'posted' | 'rejected'
  credit: 'credited' | 'already' | 'duplicate' | 'not-due' | null
  receipt_number: string
  receipt_code: string | null
  posting_number: string | null
}
export type RefundRow = {
  payment_id: string
  refund_no: number
  item_no: number
  refund_number: string
  amount_fen: number
  state: 'requested' | 'approved' | 'sent' | 'done' | 'closed' | 'abnormal'
}
export type Snapshot = {
  payments: PaymentRow[]
  orders: { payment_id: string; order_number: string; amount_fen: number }[]
  items: ItemRow[]
  refunds: RefundRow[]
  movements: {
    payment_id: string
    item_no: number
    kind: string
    debit: string
    credit: string
    amount_fen: number
  }[]
  tasks: {
    payment_id: string
    kind: string
    item_no: number
    done_at: string | null
    person_reason: string | null
  }[]
  audit: { subject_id: string; audit_id: string }[]
}

const TABLES = {
  payments: 'payment',
  orders: 'payment_order',
  items: 'payment_item',
  refunds: 'refund',
  movements: 'movement',
  tasks: 'outbox_task',
  audit: 'audit',
}
const PARTS = Object.entries(TABLES).map(
  ([name, table]) =>
    `'${name}', (select coalesce(jsonb_agg(to_jsonb(t)), '[]'::jsonb) from ${table} t)`,
)
const SNAPSHOT = statement(
  'simulate-snapshot',
  `select jsonb_build_object(${PARTS.join(', ')}) as all`,
)

/** Every row that tells of money, as it is in the tables. */
export async function takeSnapshot(database: Database): Promise<Snapshot> {
  return onlyRow(await database.run<{ all: Snapshot }>(SNAPSHOT)).all
}
