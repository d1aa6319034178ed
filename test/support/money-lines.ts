import { type Database, statement } from '../../src/cloud/postgres/database'
import { TODAY } from './town'

const ROWS = statement(
  'test-money-lines',
  `select 'payment' as of, to_jsonb(p) as row from payment p where payment_id = $1
   union all select 'order ' || order_no, to_jsonb(o) from payment_order o where payment_id = $1
   union all select 'item ' || item_no, to_jsonb(i) from payment_item i where payment_id = $1
   union all select 'movement ' || item_no || ' ' || kind, to_jsonb(m) from movement m where payment_id = $1
   union all select 'refund ' || refund_no, to_jsonb(r) from refund r where payment_id = $1
   union all select 'task ' || kind || ' ' || item_no, to_jsonb(t) from outbox_task t where payment_id = $1
   union all select 'bill ' || bill_id, to_jsonb(b) from bill b where bill_id like $1 || '-%'
   union all select 'audit ' || audit_id, to_jsonb(a) from audit a
     where subject_id = $1 or audit_id like '%' || $1 || '-%'`,
)
const MOMENT = /^\d{4}-\d\d-\d\dT/
/** Which say what the row is called by, never change, or are not of money. */
const LEFT_OUT = new Set([
  ...['payment_id', 'order_no', 'item_no', 'refund_no', 'kind', 'bill_id', 'audit_id', 'digest'],
  ...['openid', 'phone_payment_id', 'account_tail', 'month', 'due_on', 'lines', 'synced_at'],
  ...['period_from', 'period_to', 'issued_on', 'notice_on', 'previous_reading', 'current_reading'],
  ...['read_on', 'read_kind', 'usage', 'used_before', 'tariff_version'],
])

type Row = Record<string, string>

/**
 * Follows the rows of a stored payment. `step` does something, and gives its answer and a line for each row that it
 * wrote: all of a new one, of one that was there what is new in it. `P` is the payment; a moment is told in
 * seconds from TODAY; what holds nothing is left out, and what holds nothing any more is told without a value.
 */
export function moneyLines(database: Database, paymentId: string) {
  let before = new Map<string, Row>()
  const short = (text: string) => text.replaceAll(paymentId, 'P')

  async function rows(): Promise<Map<string, Row>> {
    const found = await database.run<{ of: string; row: Record<string, unknown> }>(ROWS, [
      paymentId,
    ])
    found.sort((one, other) => (one.of < other.of ? -1 : 1))
    return new Map(found.map(({ of, row }) => [short(of), columnsOf(row)]))
  }
  function columnsOf(row: Record<string, unknown>): Row {
    const kept = Object.entries(row).filter(
      ([name, value]) => value !== null && !LEFT_OUT.has(name),
    )
    return Object.fromEntries(kept.map(([name, value]) => [name, short(told(value))]))
  }

  return async (name: string, work: () => Promise<unknown>): Promise<string[]> => {
    const answer = await work()
    const after = await rows()
    const lines = [...after].flatMap(([of, row]) => line(of, before.get(of), row))
    const gone = [...before.keys()].filter((of) => !after.has(of)).map((of) => `- ${of}`)
    before = after
    return [`${name}: ${short(JSON.stringify(answer) ?? 'told')}`, ...lines, ...gone]
  }
}

function line(of: string, before: Row | undefined, row: Row): string[] {
  const changed = Object.entries(row).filter(([name, value]) => before?.[name] !== value)
  const gone = Object.keys(before ?? {}).filter((name) => row[name] === undefined)
  const words = [...changed.map(([name, value]) => `${name}=${value}`), ...gone]
  if (words.length === 0) return []
  return [`${before === undefined ? '+' : ' '} ${of}: ${words.join(' ')}`]
}

function told(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return MOMENT.test(value) ? `${(Date.parse(value) - TODAY) / 1_000}s` : value
}
