import type { Instant } from '../../core/time'
import { onlyRow, type Session, statement, timestamp } from './database'

const ORDERS = statement(
  'order-prints',
  'select order_prints($1, $2::timestamptz, $3::timestamptz) as prints',
)
const ITEMS = statement(
  'item-prints',
  'select item_prints($1, $2::timestamptz, $3::timestamptz) as prints',
)

/** The day of a payee or of a biller; `to` is the first moment after it. */
export type OwnersDay = { ownerId: string; from: Instant; to: Instant }

/** The prints of the orders that a payee was paid on a day, one behind the other; see counterparts.ts. */
export function orderPrints(session: Session, day: OwnersDay): Promise<string> {
  return printsBy(session, ORDERS, day)
}

/** The prints of the items that a biller credited on a day. */
export function itemPrints(session: Session, day: OwnersDay): Promise<string> {
  return printsBy(session, ITEMS, day)
}

async function printsBy(
  session: Session,
  by: typeof ORDERS,
  { ownerId, from, to }: OwnersDay,
): Promise<string> {
  const parameters = [ownerId, timestamp(from), timestamp(to)]
  return onlyRow(await session.run<{ prints: string }>(by, parameters)).prints
}
