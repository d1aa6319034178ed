import { type Database, statement } from '../../src/cloud/postgres/database'

const ROWS = statement(
  'test-money-rows',
  `select 'payment' as of, to_jsonb(p) as row from payment p where payment_id = $1
   union all select 'order', to_jsonb(o) from payment_order o where payment_id = $1
   union all select 'item', to_jsonb(i) from payment_item i where payment_id = $1
   union all select 'movement', to_jsonb(m) from movement m where payment_id = $1
   union all select 'refund', to_jsonb(r) from refund r where payment_id = $1
   union all select 'task', to_jsonb(t) from outbox_task t where payment_id = $1
   union all select 'bill', to_jsonb(b) from bill b where bill_id like $1 || '-%'
   union all select 'audit', to_jsonb(a) from audit a where subject_id = $1 or audit_id like '%' || $1 || '-%'`,
)

/** Every row that a stored payment has left, with its id taken out, so that two of them compare. */
export async function moneyRows(database: Database, paymentId: string): Promise<string[]> {
  const rows = await database.run<{ of: string; row: unknown }>(ROWS, [paymentId])
  return rows.map((row) => JSON.stringify(row).replaceAll(paymentId, '<payment>')).sort()
}
