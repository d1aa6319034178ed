import type { Instant } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'

type ItemKey = { paymentId: string; itemNo: number }

const END = statement('item-end-undo', 'select end_undo($1, $2::int, $3::timestamptz) as answer')
const UNDO = statement('item-undo', 'select undo_item($1, $2::int, $3::timestamptz) as answer')

/** From here on the item cannot be taken back; `undone` when it was before. */
export async function endUndo(
  database: Database,
  { paymentId, itemNo }: ItemKey,
  now: Instant,
): Promise<'ended' | 'undone' | 'unknown'> {
  const rows = await database.run<{ answer: 'ended' | 'undone' | 'unknown' }>(END, [
    paymentId,
    itemNo,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

export type UndoAnswer =
  | { undone_at: string }
  | { refused: 'not-found' | 'not-paid' | 'not-undoable' | 'too-late' | 'being-refunded' }

/** Takes a paid item back and asks for its money, in one call; refused once its posting has begun. */
export async function undoItemRow(
  database: Database,
  { paymentId, itemNo }: ItemKey,
  now: Instant,
): Promise<UndoAnswer> {
  const rows = await database.run<{ answer: UndoAnswer }>(UNDO, [paymentId, itemNo, timestamp(now)])
  return onlyRow(rows).answer
}
