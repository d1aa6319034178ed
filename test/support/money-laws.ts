import { type Database, statement } from '../../src/cloud/postgres/database'

const LEDGER = statement(
  'law-ledger',
  'select coalesce(sum(amount_fen), 0)::bigint as total from ledger_entry',
)
const PAID = statement(
  'law-paid',
  `select coalesce(sum(amount_fen), 0)::bigint as paid from payment where state = 'paid'`,
)
const WALLET = statement(
  'law-wallet',
  `select coalesce(sum(amount_fen), 0)::bigint as wallet from ledger_entry where ledger_account in ('wallet', 'promotion')`,
)
const RECEIPTS = statement(
  'law-receipts',
  `select (select count(*) from payment_item where state is not null)::int as items, (select count(*) from receipt)::int as receipts,
     (select count(distinct receipt_number) from receipt)::int as numbers`,
)

/** The ledger is at zero, WeChat's money is in it, and each settled item has its one receipt. */
export async function expectLawsHold(database: Database): Promise<void> {
  const [ledger] = await database.run<{ total: number }>(LEDGER)
  const [paid] = await database.run<{ paid: number }>(PAID)
  const [wallet] = await database.run<{ wallet: number }>(WALLET)
  const [receipts] = await database.run<{ items: number; receipts: number; numbers: number }>(
    RECEIPTS,
  )
  expect(ledger?.total).toBe(0)
  expect(wallet?.wallet).toBe(paid?.paid)
  expect(receipts?.receipts).toBe(receipts?.items)
  expect(receipts?.numbers).toBe(receipts?.receipts)
}
