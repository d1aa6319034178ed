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
  state: 'unposted' | 'posting' | 'posted' | 'rejected' | 'undone'
  undone_at: string | null
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
export type BillRow = {
  account_id: string
  bill_id: string
  lock_payment_id: string | null
  credited_payment_id: string | null
  credited_item_no: number | null
}
export type Snapshot = {
  payments: PaymentRow[]
  orders: { payment_id: string; order_number: string; amount_fen: number }[]
  items: ItemRow[]
  bills: BillRow[]
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
  payments: [
    'payment',
    'payment_id, openid, phone_payment_id, state, order_number, amount_fen, created_at, settled_at',
  ],
  orders: ['payment_order', 'payment_id, order_number, amount_fen'],
  items: [
    'payment_item',
    `payment_id, item_no, order_no, account_id, bill_id, revision, amount_fen, refunded_fen, state, undone_at,
     credit, receipt_number, receipt_code, posting_number`,
  ],
  bills: ['bill', 'account_id, bill_id, lock_payment_id, credited_payment_id, credited_item_no'],
  refunds: ['refund', 'payment_id, refund_no, item_no, refund_number, amount_fen, state'],
  movements: ['movement', 'payment_id, item_no, kind, debit, credit, amount_fen'],
  tasks: ['outbox_task', 'payment_id, kind, item_no, done_at, person_reason'],
  audit: ['audit', 'subject_id, audit_id'],
}
const PARTS = Object.entries(TABLES).map(
  ([name, [table, columns]]) =>
    `'${name}', (select coalesce(json_agg(row_to_json(t)), '[]'::json) from (select ${columns} from ${table}) t)`,
)
const SNAPSHOT = statement(
  'simulate-snapshot',
  `select json_build_object(${PARTS.join(', ')}) as all`,
)

/** Every row that tells of money, as it is in the tables. */
export async function takeSnapshot(database: Database): Promise<Snapshot> {
  return onlyRow(await database.run<{ all: Snapshot }>(SNAPSHOT)).all
}
