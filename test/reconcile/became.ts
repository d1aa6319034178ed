import { type Database, statement } from '../../src/cloud/postgres/database'
import type { SimulatedOutcome, SimulatedPosting } from '../../src/simulators/biller/books'
import type { SimulatedOrder } from '../../src/simulators/wechat-pay/orders'
import type { MadePayment } from './made-day'

/** Where a bill of a payment stands on each side: in our books, at WeChat and at its biller; amounts in fen. */
export type Became = OfOurs & {
  /** What WeChat gave back of its order, each as 'number end amount'. */
  returned: readonly string[]
  /** What its biller has of it, and under which number. */
  credited: number
  creditNumber: string
  /** WeChat was asked about its order, alone or combined, or about a refund of it. */
  isAsked: boolean
}
type OfOurs = {
  payment: string
  item: string
  credit: string
  hasReceipt: boolean
  /** The biller's number, as we know it. */
  postingNumber: string
  /** What the ledger's accounts hold of it, as 'posted -100, wallet 100'. */
  held: string
  /** Each as 'number state amount'. */
  refunds: readonly string[]
  /** What of it waits for a person, each as 'kind reason'. */
  persons: readonly string[]
}
const OURS = statement(
  'became-ours',
  `select i.payment_id || '-' || i.item_no as posting, p.state as payment, i.state::text as item,
     coalesce(i.credit::text, 'none') as credit, i.receipt_code is not null as "hasReceipt",
     coalesce(i.posting_number, '') as "postingNumber", coalesce(h.held, 'nothing') as held,
     to_jsonb(array(select r.refund_number || ' ' || r.state || ' ' || r.amount_fen from refund r
       where r.payment_id = i.payment_id and r.item_no = i.item_no order by r.refund_no)) as refunds,
     to_jsonb(array(select t.kind || ' ' || t.person_reason from outbox_task t
       left join refund r on t.kind in ('refund', 'reverse') and r.payment_id = t.payment_id and r.refund_no = t.item_no
       where t.payment_id = i.payment_id and coalesce(r.item_no, t.item_no) = i.item_no
         and t.done_at is null and t.person_reason is not null order by 1)) as persons
   from payment p join payment_item i on i.payment_id = p.payment_id
   left join (
     select payment_id, item_no, string_agg(ledger_account || ' ' || fen, ', ' order by ledger_account::text) as held
     from (
       select payment_id, item_no, ledger_account, sum(amount_fen) as fen from ledger_entry
       group by payment_id, item_no, ledger_account having sum(amount_fen) <> 0
     ) as each group by payment_id, item_no
   ) as h on h.payment_id = i.payment_id and h.item_no = i.item_no`,
)
const HOSTED = statement(
  'became-hosted',
  'select posting_id as posting, amount_fen as amount, posting_number as number from hosted_posting',
)
const UNKNOWN: OfOurs = {
  ...{ payment: 'unknown', item: 'unknown', credit: '', hasReceipt: false },
  ...{ postingNumber: '', held: 'nothing', refunds: [], persons: [] },
}

type Sides = {
  orders: () => readonly SimulatedOrder[]
  /** What WeChat was asked. */
  requests: () => readonly { method: string; path: string }[]
  credits: () => Iterable<{ posting: SimulatedPosting; outcome: SimulatedOutcome }>
}

/** Looks at every bill of a day on all sides; by its posting's id. */
export async function whatBecame(
  database: Database,
  sides: Sides,
  day: readonly MadePayment[],
): Promise<Map<string, Became>> {
  const rows = await database.run<OfOurs & { posting: string }>(OURS)
  const ours = new Map(rows.map(({ posting, ...row }) => [posting, row]))
  const credits = await creditsOf(database, sides)
  const returned = returnedOf(sides.orders())
  const asked = new Set(
    sides
      .requests()
      .filter(({ method }) => method === 'GET')
      .map(({ path }) => path.split('/').at(-1) ?? ''),
  )
  const became = new Map<string, Became>()
  for (const { id, items } of day)
    for (const item of items) {
      const numbers = [item.orderNumber, `${id}00`, item.refund?.number ?? '']
      const credit = credits.get(item.postingId)
      became.set(item.postingId, {
        ...(ours.get(item.postingId) ?? UNKNOWN),
        returned: returned.get(item.orderNumber) ?? [],
        credited: credit?.amount ?? 0,
        creditNumber: credit?.number ?? '',
        isAsked: numbers.some((number) => asked.has(number)),
      })
    }
  return became
}

type Credit = { amount: number; number: string }

/** What the billers have, the hosted ones among them, by posting. */
async function creditsOf(database: Database, { credits }: Sides): Promise<Map<string, Credit>> {
  const hosted = await database.run<Credit & { posting: string }>(HOSTED)
  const found = new Map<string, Credit>(hosted.map(({ posting, ...credit }) => [posting, credit]))
  for (const { posting, outcome } of credits())
    if (outcome.state === 'posted')
      found.set(posting.postingId, { amount: posting.amount, number: outcome.postingNumber })
  return found
}

/** What WeChat gave back, by order. */
function returnedOf(orders: readonly SimulatedOrder[]): Map<string, string[]> {
  const returned = new Map<string, string[]>()
  for (const { shares } of orders)
    for (const { number, refunds = [] } of shares)
      returned.set(
        number,
        refunds.map((one) => `${one.number} ${one.isFinished ? one.end : 'open'} ${one.amount}`),
      )
  return returned
}
