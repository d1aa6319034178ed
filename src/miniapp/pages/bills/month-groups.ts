import type { ReplyOf } from '../../../contract/call'
import type { BillRow, listBills, MonthSums } from '../../../contract/list-bills'

export type MonthGroup = { month: string; rows: BillRow[]; sums: MonthSums | undefined }

/**
 * The bills on the screen in groups by month, in the order in which they came. A month's sums are
 * the server's, of all its bills; of a month that is on two pages the later answer counts.
 */
export function monthGroups(pages: readonly ReplyOf<typeof listBills>[]): MonthGroup[] {
  const rows = pages.flatMap((page) => page.rows)
  const sums = new Map(pages.flatMap((page) => page.months).map((one) => [one.month, one]))
  const months = [...new Set(rows.map((row) => row.month))]
  return months.map((month) => ({
    month,
    rows: rows.filter((row) => row.month === month),
    sums: sums.get(month),
  }))
}
