import type { Instant } from '../../core/time'
import { type Session, statement, timestamp } from './database'

const byDay = (name: string, lines: string) =>
  statement(name, `select ${lines}($1, $2::timestamptz, $3::timestamptz) as lines`)
const ORDERS = byDay('order-lines', 'order_lines')
const REFUNDS = byDay('refund-lines', 'refund_lines')
const ITEMS = byDay('item-lines', 'item_lines')

/** The day of a payee or of a biller; `to` is the first moment after it. */
export type OwnersDay = { ownerId: string; from: Instant; to: Instant }

/**
 * The orders that a payee was paid on a day, and the refunds that were sent on it, in pieces of many lines:
 * see counterparts.ts.
 */
export async function tradeLines(session: Session, day: OwnersDay): Promise<string[]> {
  return [...(await linesBy(session, ORDERS, day)), ...(await linesBy(session, REFUNDS, day))]
}

/** The items that a biller credited on a day. */
export function itemLines(session: Session, day: OwnersDay): Promise<string[]> {
  return linesBy(session, ITEMS, day)
}

async function linesBy(
  session: Session,
  by: typeof ORDERS,
  { ownerId, from, to }: OwnersDay,
): Promise<string[]> {
  const parameters = [ownerId, timestamp(from), timestamp(to)]
  return (await session.run<{ lines: string }>(by, parameters)).map(({ lines }) => lines)
}
