/** A row that holds for a tariff of monthly steps at 2.55 yuan a cubic metre (guangzhou-water-2025). */
const ROW = {
  account_number: '500501',
  holder: '李桂花',
  address: '柳镇 桥东街 5 号',
  meter: 'M500501',
  people: '3',
  month: '2026-10',
  period_from: '2026-09-21',
  period_to: '2026-10-20',
  issued_on: '2026-10-22',
  due_on: '2026-11-06',
  previous_reading: '100',
  current_reading: '110.5',
  read_on: '2026-10-20',
  read_kind: 'actual',
  amount: '26.78',
  status: 'due',
}
export type FileRow = Partial<typeof ROW> & { used_before?: string }

/** A biller's bills file, as its water works would export it. */
export function aBillsFile(...rows: FileRow[]): string {
  const columns = Object.keys({ ...ROW, ...Object.assign({}, ...rows) })
  const lines = rows.map((row) => {
    const cells: Record<string, string> = { ...ROW, ...row }
    return columns.map((column) => cells[column] ?? '').join(',')
  })
  return [columns.join(','), ...lines].join('\r\n')
}
