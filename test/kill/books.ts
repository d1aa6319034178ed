import { type Database, statement } from '../../src/cloud/postgres/database'

const BOOKS = statement(
  'kill-books',
  `select
     (select coalesce(sum(amount_fen), 0)::bigint from ledger_entry) as ledger,
     (select count(distinct receipt_code)::int from payment_item) as receipts,
     (select count(*)::int from payment_item join payment p using (payment_id) where p.state = 'paid') as settled,
     (select count(*)::int from bill where credited_payment_id is not null) as credited`,
)
const PAID = statement(
  'kill-paid',
  `select order_number as "orderNumber", phone_payment_id as "phonePaymentId"
   from payment where state = 'paid'`,
)

/** What the database says after the storm. */
export async function readBooks(database: Database) {
  const [sums] = await database.run<{
    ledger: number
    receipts: number
    settled: number
    credited: number
  }>(BOOKS)
  const paid = await database.run<{ orderNumber: string; phonePaymentId: string }>(PAID)
  if (sums === undefined) throw new Error('no books')
  return { ...sums, paid }
}
