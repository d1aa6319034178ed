import type { GaugeReading } from '../../core/gauges'
import type { Instant } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'

/** An account of an item that does not hold what the item and its refunds say; in fen. */
export type LedgerFlaw = {
  paymentId: string
  itemNo: number
  account: string
  ledgerFen: number
  itemsFen: number
  foundAt: Instant
}

const GAUGES = statement('gauges', 'select gauge, open, since from gauges($1::timestamptz)')
const TURN = statement(
  'watch-turn',
  'select take_turn($1, $2::timestamptz, $3::interval) as is_ours',
)
const COME = statement('watch-come-to', 'select come_to($1, $2::timestamptz)::text')
const REACHED = statement('watch-reached', 'select at from watch where name = $1')
const CHECK = statement(
  'ledger-check',
  'select check_ledger($1::timestamptz, $2::timestamptz, $3::timestamptz) as checked',
)
const FLAWS = statement(
  'ledger-flaws',
  `select payment_id as "paymentId", item_no as "itemNo", account, ledger_fen as "ledgerFen",
     items_fen as "itemsFen", found_at as "foundAt"
   from ledger_flaw order by found_at, payment_id, item_no, account limit $1`,
)
const END_FLAW = statement(
  'ledger-flaw-end',
  'select end_ledger_flaw($1, $2::int, $3, $4, $5, $6::timestamptz) as answer',
)

/** Everything that has not ended, by kind. */
export function readGauges(database: Database, now: Instant): Promise<GaugeReading[]> {
  return database.run<GaugeReading>(GAUGES, [timestamp(now)])
}

/** True once in so many minutes for each name, whichever runner asks; of clocks that are further apart, once by each. */
export async function takeTurn(
  database: Database,
  name: string,
  now: Instant,
  everyMinutes: number,
): Promise<boolean> {
  const rows = await database.run<{ is_ours: boolean }>(TURN, [
    name,
    timestamp(now),
    `${everyMinutes} minutes`,
  ])
  return onlyRow(rows).is_ours
}

/** How far something has come; undefined before the first time. */
export async function reached(database: Database, name: string): Promise<Instant | undefined> {
  const [row] = await database.run<{ at: Instant }>(REACHED, [name])
  return row?.at
}

export async function comeTo(database: Database, name: string, at: Instant): Promise<void> {
  await database.run(COME, [name, timestamp(at)])
}

/** Checks every payment whose money moved in between; gives how many, and how many flaws are new. */
export async function checkLedger(
  database: Database,
  { from, to }: { from: Instant; to: Instant },
  now: Instant,
): Promise<{ payments: number; flaws: number }> {
  const rows = await database.run<{ checked: { payments: number; flaws: number } }>(CHECK, [
    timestamp(from),
    timestamp(to),
    timestamp(now),
  ])
  return onlyRow(rows).checked
}

/** Flaws that a person has to find out about, the oldest first. */
export function ledgerFlaws(database: Database, most: number): Promise<LedgerFlaw[]> {
  return database.run<LedgerFlaw>(FLAWS, [most])
}

/** Ends a flaw, once ledger and items agree again. */
export async function endLedgerFlaw(
  database: Database,
  { paymentId, itemNo, account }: Pick<LedgerFlaw, 'paymentId' | 'itemNo' | 'account'>,
  by: { actor: string; outcome: string },
  now: Instant,
): Promise<'told' | 'not-listed' | 'still-there'> {
  const rows = await database.run<{ answer: 'told' | 'not-listed' | 'still-there' }>(END_FLAW, [
    paymentId,
    itemNo,
    account,
    by.actor,
    by.outcome,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}
