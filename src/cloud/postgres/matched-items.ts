import type { Instant } from '../../core/time'
import { type Database, statement } from './database'

/**
 * An item is matched when the trade file of the day on which its payee was paid, and the biller's file
 * of the day on which it was credited, were matched, and nothing that differed about it is left. What
 * came into our books only after a file was held against them counts where that was found as a difference.
 */
const MATCHED = statement(
  'items-matched',
  `select i.item_no as "itemNo", greatest(t.matched_at, b.matched_at,
       (select max(d.finished_at) from difference d where d.payment_id = $1)) as "matchedAt"
   from payment p
     join payment_item i on i.payment_id = p.payment_id
     join movement m on m.payment_id = i.payment_id and m.item_no = i.item_no and m.kind = 'post'
     join payment_order o on o.payment_id = i.payment_id and o.order_no = i.order_no
     join daily_file t on t.owner_id = o.payee_id and t.source = 'trade' and t.state = 'matched'
       and t.day = (o.paid_at at time zone interval '08:00')::date
     join daily_file b on b.owner_id = i.biller_id and b.source = 'postings' and b.state = 'matched'
       and b.day = (i.posted_at at time zone interval '08:00')::date
   where p.payment_id = $1 and i.state = 'posted'
     and not exists (select from difference d where d.payment_id = $1 and d.state <> 'done')
     and (p.settled_at <= t.staged_at or exists (select from difference d
       where d.payment_id = $1 and d.source = 'trade' and d.day = t.day))
     and (m.at <= b.staged_at or exists (select from difference d
       where d.payment_id = $1 and d.source = 'postings' and d.day = b.day))`,
)

/** When each item of a payment was found to agree on all three sides; those that were not are left out. */
export async function matchedItems(
  database: Database,
  paymentId: string,
): Promise<ReadonlyMap<number, Instant>> {
  const rows = await database.run<{ itemNo: number; matchedAt: Instant }>(MATCHED, [paymentId])
  return new Map(rows.map(({ itemNo, matchedAt }) => [itemNo, matchedAt]))
}
