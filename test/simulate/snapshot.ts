import { type Database, onlyRow, statement } from '../../src/cloud/postgres/database'
import type { FileSource } from '../../src/core/reconciliation'
import type { WatchedDatabase } from './prepared-database'

export type PaymentRow = {
  payment_id: string
  openid: string
  phone_payment_id: string
  state: 'created' | 'awaiting' | 'paid' | 'closed'
  order_number: string
  amount_fen: number
  created_at: string
  expires_at: string
  settled_at: string | null
  /** When it was closed, also of what was paid after that. */
  closed_at: string | null
}
export type ItemRow = {
  payment_id: string
  item_no: number
  order_no: number
  biller_id: string
  account_id: string
  account_tail: string
  bill_id: string
  revision: number
  month: string
  principal_fen: number
  late_fee_fen: number
  amount_fen: number
  refunded_fen: number
  reversed_fen: number
  state: 'unposted' | 'posting' | 'posted' | 'rejected' | 'undone'
  undo_minutes: number
  undo_ended_at: string | null
  undone_at: string | null
  credit: 'credited' | 'already' | 'duplicate' | 'not-due' | null
  receipt_number: string
  receipt_code: string | null
  posting_number: string | null
  posted_at: string | null
}
export type RefundRow = {
  payment_id: string
  refund_no: number
  item_no: number
  refund_number: string
  amount_fen: number
  state: 'requested' | 'approved' | 'sent' | 'done' | 'closed' | 'abnormal' | 'declined'
  rule: string | null
  requested_by: string
  approved_by: string | null
  takes_from: string
  needs_reversal: boolean
  /** When it was last set out to be sent, or asked for anew. */
  begun_at: string | null
  sent_at: string | null
}
export type BillRow = {
  account_id: string
  bill_id: string
  revision: number
  lock_payment_id: string | null
  credited_payment_id: string | null
  credited_item_no: number | null
}
/** A day's file, and how far it was matched. */
export type FileRow = {
  owner_id: string
  source: FileSource
  day: string
  state: 'wanted' | 'staged' | 'matched'
  /** How often somebody set out to read it, and which time counts. */
  attempts: number
  staged_attempt: number | null
}
export type DifferenceRow = {
  payment_id: string
  difference_id: string
  source: FileSource
  day: string
  reason: string
  action: string
  state: 'open' | 'done' | 'person'
  about: string
}
export type Snapshot = {
  payments: PaymentRow[]
  orders: { payment_id: string; order_no: number; order_number: string; amount_fen: number }[]
  items: ItemRow[]
  bills: BillRow[]
  refunds: RefundRow[]
  movements: {
    payment_id: string
    item_no: number
    kind: string
    biller_id: string
    debit: string
    credit: string
    amount_fen: number
  }[]
  /** A day's fee, and what went to the bank. */
  walletMovements: {
    payee_id: string
    day: string
    kind: 'fee' | 'payout'
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
  files: FileRow[]
  differences: DifferenceRow[]
}

/** Before anybody paid. */
export const NOTHING: Snapshot = {
  payments: [],
  orders: [],
  items: [],
  bills: [],
  refunds: [],
  movements: [],
  walletMovements: [],
  tasks: [],
  audit: [],
  files: [],
  differences: [],
}

type Table = keyof Snapshot
/** Each table's name, its key, and what else the laws read of it. */
const TABLES: Record<Table, { name: string; key: string[]; facts: string[] }> = {
  payments: {
    name: 'payment',
    key: ['payment_id'],
    facts: [
      ...['openid', 'phone_payment_id', 'state', 'order_number', 'amount_fen', 'created_at'],
      'expires_at',
      'settled_at',
      'closed_at',
    ],
  },
  orders: {
    name: 'payment_order',
    key: ['payment_id', 'order_no'],
    facts: ['order_number', 'amount_fen'],
  },
  items: {
    name: 'payment_item',
    key: ['payment_id', 'item_no'],
    facts: [
      ...['order_no', 'biller_id', 'account_id', 'account_tail', 'bill_id', 'revision', 'month'],
      ...['principal_fen', 'late_fee_fen', 'amount_fen', 'refunded_fen', 'state'],
      ...['undone_at', 'credit', 'receipt_number', 'receipt_code', 'posting_number', 'posted_at'],
      ...['reversed_fen', 'undo_minutes', 'undo_ended_at'],
    ],
  },
  bills: {
    name: 'bill',
    key: ['account_id', 'bill_id'],
    facts: ['revision', 'lock_payment_id', 'credited_payment_id', 'credited_item_no'],
  },
  refunds: {
    name: 'refund',
    key: ['payment_id', 'refund_no'],
    facts: [
      ...['item_no', 'refund_number', 'amount_fen', 'state', 'rule', 'requested_by', 'approved_by'],
      ...['takes_from', 'needs_reversal', 'begun_at', 'sent_at'],
    ],
  },
  movements: {
    name: 'movement',
    key: ['payment_id', 'item_no', 'kind'],
    facts: ['biller_id', 'debit', 'credit', 'amount_fen'],
  },
  walletMovements: {
    name: 'wallet_movement',
    key: ['payee_id', 'day', 'kind'],
    facts: ['debit', 'credit', 'amount_fen'],
  },
  tasks: {
    name: 'outbox_task',
    key: ['payment_id', 'kind', 'item_no'],
    facts: ['done_at', 'person_reason'],
  },
  audit: { name: 'audit', key: ['subject_id', 'audit_id'], facts: [] },
  files: {
    name: 'daily_file',
    key: ['owner_id', 'source', 'day'],
    facts: ['state', 'attempts', 'staged_attempt'],
  },
  differences: {
    name: 'difference',
    key: ['payment_id', 'difference_id'],
    facts: ['source', 'day', 'reason', 'action', 'state', 'about'],
  },
}
/** What is no column of its own. */
const READ_AS: Record<string, string> = { about: `facts ->> 'about'` }
const NAMES = Object.keys(TABLES) as Table[]

/** The tables that tell of money. */
export const WATCHED = NAMES.map((table) => TABLES[table].name)

/** Of each table the rows that a transaction from $1 on has written; no transaction is older than 0. */
const LOOKS = NAMES.map((table) => {
  const { name, key, facts } = TABLES[table]
  const pairs = [...key, ...facts].map((column) => `'${column}', ${READ_AS[column] ?? column}`)
  const look = statement(
    `simulate-look-${name}`,
    `select json_build_object(${pairs.join(', ')})::text as row from ${name} where age(xmin) <= age($1::xid)`,
  )
  return { table, name, look }
})
const EVER = '0'

/**
 * Looks at every row that tells of money, as it is in the tables. What no transaction has written since
 * the last look is not read again; the database itself says what that is, whoever wrote it. Undefined
 * when nothing was written.
 */
export function createWatch(database: WatchedDatabase): () => Promise<Snapshot | undefined> {
  const known = new Map(NAMES.map((table) => [table, new Map<string, object>()]))
  let seen: Snapshot | undefined

  async function readInto(
    { table, look }: (typeof LOOKS)[number],
    since: string,
  ): Promise<readonly [Table, readonly object[]]> {
    const rows = known.get(table) ?? new Map<string, object>()
    if (since === EVER) rows.clear()
    for (const { row } of await database.run<{ row: string }>(look, [since])) {
      const read = JSON.parse(row) as object
      rows.set(keyOf(table, read), read)
    }
    return [table, [...rows.values()]]
  }

  return async () => {
    const written = database.takeWritten()
    const before = seen
    if (before !== undefined && written === undefined) return undefined
    const isWritten = ({ name }: (typeof LOOKS)[number]) => written?.tables.has(name) === true
    const since = ({ name }: (typeof LOOKS)[number]) =>
      before === undefined || written === undefined || written.lessened.has(name)
        ? EVER
        : written.since
    const tables = LOOKS.filter((one) => before === undefined || isWritten(one))
    const read: (readonly [Table, readonly object[]])[] = []
    for (const one of tables) read.push(await readInto(one, since(one)))
    seen = { ...NOTHING, ...before, ...Object.fromEntries(read) }
    return seen
  }
}

function keyOf(table: Table, row: object): string {
  return TABLES[table].key.map((column) => (row as Record<string, unknown>)[column]).join('/')
}

const KEYS = statement(
  'simulate-keys',
  `select string_agg(a.attname, '/' order by k.place) as columns
   from pg_index i, unnest(i.indkey::int2[]) with ordinality as k(number, place), pg_attribute a
   where i.indrelid = $1::regclass and i.indisprimary and a.attrelid = i.indrelid and a.attnum = k.number`,
)

/** Rows are kept by their keys: no two may have the same one, and the database sees to it. */
export async function checkKeys(database: Database): Promise<void> {
  for (const { name, key } of Object.values(TABLES)) {
    const { columns } = onlyRow(await database.run<{ columns: string }>(KEYS, [name]))
    if (columns !== key.join('/'))
      throw new Error(`the key of ${name} is ${columns}, not ${key.join('/')}`)
  }
}
