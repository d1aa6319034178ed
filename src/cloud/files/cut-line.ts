import type { Cell } from './cell'

const COMMA = ','.charCodeAt(0)

/**
 * Moves cells onto the fields of the line that stands there, as far as it has any; those behind its last are empty.
 * Fields without a cell are passed over. `mark` is what each field begins with, the line's first included. Gives how
 * many fields the line has.
 */
export function cutLine(
  bytes: Buffer,
  { start, end }: { start: number; end: number },
  cells: readonly (Cell | undefined)[],
  mark?: number,
): number {
  const width = mark === undefined ? 0 : 1
  let fields = 0
  let from = start + width
  for (let at = from; at < end; at += 1)
    if (bytes[at] === COMMA && (mark === undefined || bytes[at + 1] === mark)) {
      cells[fields]?.move(bytes, from, at)
      fields += 1
      from = at + 1 + width
    }
  cells[fields]?.move(bytes, from, end)
  fields += 1
  for (let place = fields; place < cells.length; place += 1) cells[place]?.move(bytes, end, end)
  return fields
}
