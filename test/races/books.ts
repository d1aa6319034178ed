import { type Database, onlyRow, statement } from '../../src/cloud/postgres/database'

/** What the tables hold of everybody, counted. */
export type Books = {
  /** Payments that are paid. */
  paid: number
  /** Bills that a payment has paid now. */
  billsPaid: number
  /** How often a bill was credited, ever. */
  credits: number
  settlements: number
  /** Items with a number and a code, and how many different ones of each. */
  receipts: number
  receiptNumbers: number
  receiptCodes: number
  /** Refunds that are done, and those that are anything else. */
  refunds: number
  openRefunds: number
  /** Movements of money to the payer, begun and arrived. */
  givenBack: number
  arrived: number
}

const COUNTS = statement(
  'race-books',
  `select paid, "billsPaid", credits, receipts, "receiptNumbers", "receiptCodes", refunds, "openRefunds", settlements,
     "givenBack", arrived
   from (select count(*)::int as paid from payment where state = 'paid') as p,
     (select count(*)::int as "billsPaid" from bill where status = 'paid' and credited_payment_id is not null) as b,
     (select count(*)::int as credits from audit where act = 'credit-bill') as a,
     (select count(*) filter (where receipt_code is not null)::int as receipts,
        count(distinct receipt_number)::int as "receiptNumbers", count(distinct receipt_code)::int as "receiptCodes"
      from payment_item) as i,
     (select count(*) filter (where state = 'done')::int as refunds,
        count(*) filter (where state <> 'done')::int as "openRefunds" from refund) as r,
     (select count(*) filter (where kind = 'settle')::int as settlements,
        count(*) filter (where kind like 'refund:%')::int as "givenBack",
        count(*) filter (where kind like 'refund-done:%')::int as arrived from movement) as m`,
)
const HELD = statement(
  'race-held',
  `select held, count(*)::int as payments from (
     select p.payment_id, coalesce(string_agg(e.account || ' ' || e.fen, ', ' order by e.account), 'nothing') as held
     from payment p left join (
       select payment_id, ledger_account::text as account, sum(amount_fen) as fen from ledger_entry
       group by payment_id, ledger_account having sum(amount_fen) <> 0
     ) e on e.payment_id = p.payment_id group by p.payment_id
   ) as each group by held order by held`,
)

/** How many payments hold what on which accounts of the ledger, as 'wallet 100'. */
export type Held = { held: string; payments: number }

/** The books at one moment. */
export type Seen = { books: Books; held: Held[] }

export async function readBooks(database: Database): Promise<Seen> {
  const books = onlyRow(await database.run<Books>(COUNTS))
  return { books, held: await database.run<Held>(HELD) }
}
