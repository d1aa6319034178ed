import { type Database, statement } from '../../src/cloud/postgres/database'

const LEDGER = statement(
  'law-ledger',
  'select coalesce(sum(amount_fen), 0)::bigint as total from ledger_entry',
)
const PAID = statement(
  'law-paid',
  `select (select coalesce(sum(amount_fen), 0) from payment where state = 'paid')::bigint
     - (select coalesce(sum(amount_fen), 0) from refund where state = 'done')::bigint as paid`,
)
const WALLET = statement(
  'law-wallet',
  `select coalesce(sum(amount_fen), 0)::bigint as wallet from ledger_entry where ledger_account in ('wallet', 'promotion')`,
)
const RECEIPTS = statement(
  'law-receipts',
  `select count(*)::int as items, count(receipt_code)::int as receipts,
     count(distinct receipt_number)::int as numbers
   from payment_item join payment p using (payment_id) where p.state = 'paid'`,
)
const ORPHANS = statement(
  'law-orphans',
  `select (select count(*) from movement m left join payment_item i using (payment_id, item_no)
      where i.biller_id is distinct from m.biller_id)::int
    + (select count(*) from outbox_task t left join payment_item i using (payment_id, item_no)
        left join payment p using (payment_id)
      where t.kind not in ('refund', 'reverse') and (i.state is null or p.state <> 'paid'))::int
    + (select count(*) from outbox_task t left join refund r
        on r.payment_id = t.payment_id and r.refund_no = t.item_no
      where t.kind in ('refund', 'reverse') and r.state is null)::int as orphans`,
)

const UNDONE = statement(
  'law-undone',
  `select count(*)::int as wrong from payment_item i where i.state = 'undone' and (
     not exists (select from refund r where r.payment_id = i.payment_id and r.item_no = i.item_no
       and r.rule = 'undo' and r.amount_fen = i.amount_fen)
     or exists (select from movement m where m.payment_id = i.payment_id and m.item_no = i.item_no
       and m.kind = 'post')
     or exists (select from bill b where b.credited_payment_id = i.payment_id
       and b.credited_item_no = i.item_no))`,
)

const ACCOUNTS = statement(
  'law-accounts',
  `select p.payment_id, f.item_no, f.account, f.ledger_fen, f.items_fen
   from payment p, ledger_flaws(p.payment_id) f`,
)

/**
 * The ledger is at zero, each account holds what its items say, WeChat’s money is in it less what was given back, each settled item has its
 * one receipt, no movement or task stands without its item, and what was taken back is given back
 * whole, and credited nowhere.
 */
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
  const [loose] = await database.run<{ orphans: number }>(ORPHANS)
  expect(loose?.orphans).toBe(0)
  const [undone] = await database.run<{ wrong: number }>(UNDONE)
  expect(undone?.wrong).toBe(0)
  expect(await database.run(ACCOUNTS)).toEqual([])
}
