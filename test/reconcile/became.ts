import { type Database, statement } from '../../src/cloud/postgres/database'
import type { SimulatedPosting } from '../../src/simulators/biller/books'
import type { SimulatedOrder } from '../../src/simulators/wechat-pay/orders'
import type { MadeItem, MadePayment } from './made-day'

/** Where a bill of a payment stands on each side: in our books, at WeChat and at its biller; amounts in fen. */
export type Became = {
  payment: string
  item: string
  credit: string
  /** Of our books, each as 'number state amount'. */
  refunds: readonly string[]
  /** What WeChat gave back of its order. */
  returned: number
  /** What its biller has of it. */
  credited: number
}
export type Planted = { payment: MadePayment; item: MadeItem }

const OURS = statement(
  'became-ours',
  `select i.payment_id || '-' || i.item_no as posting, p.state as payment, i.state::text as item,
     coalesce(i.credit::text, 'none') as credit,
     to_jsonb(array(select r.refund_number || ' ' || r.state || ' ' || r.amount_fen from refund r
       where r.payment_id = i.payment_id and r.item_no = i.item_no order by r.refund_no)) as refunds
   from payment p join payment_item i on i.payment_id = p.payment_id
   where p.payment_id = any($1::text[])`,
)
const HOSTED = statement(
  'became-hosted',
  `select posting_id as posting, amount_fen as amount from hosted_posting where posting_id = any($1::text[])`,
)

type Sides = {
  orders: () => readonly SimulatedOrder[]
  credits: () => Iterable<{ posting: SimulatedPosting; outcome: { state: string } }>
}

/** Looks at every planted bill on all sides, in their order. */
export async function whatBecame(
  database: Database,
  { orders, credits }: Sides,
  planted: readonly Planted[],
): Promise<Became[]> {
  const ids = planted.map(({ payment }) => payment.id)
  const postings = planted.map(({ item }) => item.postingId)
  const rows = await database.run<Omit<Became, 'returned' | 'credited'> & { posting: string }>(
    OURS,
    [ids],
  )
  const ours = new Map(rows.map(({ posting, ...row }) => [posting, row]))
  const hosted = await database.run<{ posting: string; amount: number }>(HOSTED, [postings])
  const credited = new Map(hosted.map(({ posting, amount }) => [posting, amount]))
  for (const { posting, outcome } of credits())
    if (outcome.state === 'posted') credited.set(posting.postingId, posting.amount)
  const returned = new Map<string, number>()
  for (const { shares } of orders())
    for (const { number, refunds = [] } of shares)
      returned.set(
        number,
        refunds.reduce((sum, refund) => sum + refund.amount, 0),
      )
  return planted.map(({ item }) => ({
    ...(ours.get(item.postingId) ?? {
      payment: 'unknown',
      item: 'unknown',
      credit: '',
      refunds: [],
    }),
    returned: returned.get(item.orderNumber) ?? 0,
    credited: credited.get(item.postingId) ?? 0,
  }))
}

/** It is settled and posted, and its money stays. */
export function isPosted(now: Became, { amount }: MadeItem): boolean {
  return (
    now.payment === 'paid' &&
    now.item === 'posted' &&
    now.refunds.length === 0 &&
    now.returned === 0 &&
    now.credited === amount
  )
}

/** It is settled, and goes back whole, once; its biller never hears of it. */
export function isGivenBack(now: Became, { amount }: MadeItem): boolean {
  const [refund = '', ...others] = now.refunds
  const [, state = '', given] = refund.split(' ')
  return (
    now.payment === 'paid' &&
    now.credit === 'duplicate' &&
    others.length === 0 &&
    ['sent', 'done'].includes(state) &&
    given === String(amount) &&
    now.returned === amount &&
    now.credited === 0
  )
}

/** Nobody has done anything: no money moved on any side. */
export function isUntouched(now: Became, _item: MadeItem, before: Became): boolean {
  return JSON.stringify(now) === JSON.stringify(before)
}

/** Our books learnt of the refund that WeChat gave, and nothing else moved. */
export function isTakenIn(now: Became, item: MadeItem, before: Became): boolean {
  const refund = `${item.refund?.number} done ${item.amount}`
  return (
    now.refunds.join() === refund && isUntouched({ ...now, refunds: before.refunds }, item, before)
  )
}
