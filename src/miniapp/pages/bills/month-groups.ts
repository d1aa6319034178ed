import type { BillRow } from '../../../contract/list-bills'
import { type Fen, fen } from '../../../core/money'

export type MonthGroup = { month: string; rows: BillRow[]; due: Fen; paid: Fen }

/** Bills in groups by month, in the order in which they came, each with its sums. */
export function monthGroups(rows: readonly BillRow[]): MonthGroup[] {
  const months = [...new Set(rows.map((row) => row.month))]
  return months.map((month) => {
    const own = rows.filter((row) => row.month === month)
    const sum = (wanted: (row: BillRow) => boolean) =>
      fen(own.filter(wanted).reduce((total, row) => total + row.total, 0))
    return { month, rows: own, due: sum(isOwed), paid: sum(isPaid) }
  })
}

function isOwed({ standing }: BillRow): boolean {
  return standing.kind === 'due' || standing.kind === 'paying'
}

function isPaid(row: BillRow): boolean {
  return !isOwed(row) && row.standing.kind !== 'void'
}
