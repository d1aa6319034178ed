import { CsvError, parse } from 'csv-parse/sync'
import { type AccountNumberRule, checkAccountNumber } from '../../../core/account-number'
import { parseYuan } from '../../../core/money'
import { type Quantity, quantity } from '../../../core/quantity'
import { computeBill } from '../../../core/tariff/compute-bill'
import type { Tariff } from '../../../core/tariff/tariff'
import type { BillerAccount, BillerBill } from '../biller'

/** The columns, in any order; see docs/bills-csv.md. */
const COLUMNS = [
  'account_number',
  'holder',
  'address',
  'meter',
  'people',
  'month',
  'period_from',
  'period_to',
  'issued_on',
  'due_on',
  'previous_reading',
  'current_reading',
  'read_on',
  'read_kind',
  'amount',
  'status',
] as const
/** One more where steps count by the year: without it nobody knows in which step a bill begins. */
const YEARLY = 'used_before'
const DATES = ['period_from', 'period_to', 'issued_on', 'due_on', 'read_on'] as const

type Column = (typeof COLUMNS)[number] | typeof YEARLY
type Row = Record<(typeof COLUMNS)[number], string> & { used_before?: string }

export type RowFlaw =
  | 'encoding'
  | 'columns'
  | 'empty'
  | 'account-number'
  | 'holder'
  | 'people'
  | 'month'
  | 'date'
  | 'reading'
  | 'state'
  | 'amount'
  | 'twice'

/** What is wrong in a row (the header is row 1), and in which column where one is to blame. */
export type Flaw = { row: number; reason: RowFlaw; column?: string }
export type FileBill = { row: number; account: BillerAccount; bill: BillerBill }
export type BillsFile = { ok: true; bills: FileBill[] } | { ok: false; flaws: Flaw[] }

/**
 * Reads a biller's bills file: UTF-8 CSV with a header. Every row is checked before anything is
 * taken, the amount against the tariff too; one flaw refuses the file, with a report of all flaws
 * by row. Every bill comes as revision 1: which one it is, only the books can tell.
 */
export function readBillsCsv(
  text: string,
  { rule, tariff }: { rule: AccountNumberRule; tariff: Tariff },
): BillsFile {
  const table = tableOf(text, tariff)
  if (!table.ok) return table
  const flaws: Flaw[] = []
  const bills: FileBill[] = []
  const seen = new Set<string>()
  for (const { row, record } of table.rows) {
    const found = flawsOf(record, rule, tariff)
    const number = checkAccountNumber(rule, record.account_number)
    const key = number.ok ? `${number.number}/${record.month}` : undefined
    if (key !== undefined && seen.has(key)) found.push({ reason: 'twice' })
    if (key !== undefined) seen.add(key)
    flaws.push(...found.map((flaw) => ({ row, ...flaw })))
    if (found.length === 0 && number.ok) bills.push(billOf(row, record, number.number, tariff))
  }
  return flaws.length > 0 ? { ok: false, flaws } : { ok: true, bills }
}

type Table = { ok: true; rows: { row: number; record: Row }[] } | Extract<BillsFile, { ok: false }>

function tableOf(text: string, tariff: Tariff): Table {
  // What is not UTF-8 is read as this mark; names would be lost for ever.
  if (text.includes('\uFFFD')) return refused({ row: 1, reason: 'encoding' })
  let header: string[] = []
  try {
    const options = { bom: true, trim: true, skip_empty_lines: true, info: true } as const
    const rows = parse(text, { ...options, columns: (names: string[]) => (header = names) })
    const needed: readonly Column[] = tariff.resets === 'year' ? [...COLUMNS, YEARLY] : COLUMNS
    const missing = needed.filter((column) => !header.includes(column))
    if (missing.length > 0)
      return refused(...missing.map((column) => ({ row: 1, reason: 'columns' as const, column })))
    if (rows.length === 0) return refused({ row: 1, reason: 'empty' })
    const found = rows as unknown as { info: { lines: number }; record: Row }[]
    return { ok: true, rows: found.map(({ info, record }) => ({ row: info.lines, record })) }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return refused({ row: Number(error.lines ?? 1), reason: 'columns' })
  }
}

function refused(...flaws: Flaw[]): Extract<BillsFile, { ok: false }> {
  return { ok: false, flaws }
}

type FoundFlaw = Omit<Flaw, 'row'>

/** Everything that is wrong with a row; the amount is looked at last, once the rest can be trusted. */
function flawsOf(row: Row, rule: AccountNumberRule, tariff: Tariff): FoundFlaw[] {
  const flaws: FoundFlaw[] = []
  const expect = (holds: boolean, reason: RowFlaw, column: Column) => {
    if (!holds) flaws.push({ reason, column })
  }
  expect(checkAccountNumber(rule, row.account_number).ok, 'account-number', 'account_number')
  for (const column of ['holder', 'address', 'meter'] as const)
    expect(row[column] !== '', 'holder', column)
  expect(/^[1-9]\d?$/.test(row.people), 'people', 'people')
  expect(/^\d{4}-(0[1-9]|1[0-2])$/.test(row.month), 'month', 'month')
  for (const column of DATES) expect(isDate(row[column]), 'date', column)
  expect(row.period_from <= row.period_to, 'date', 'period_to')
  const current = readingOf(row.current_reading)
  const previous = readingOf(row.previous_reading)
  expect(previous !== undefined, 'reading', 'previous_reading')
  expect(current !== undefined && current >= (previous ?? 0), 'reading', 'current_reading')
  expect(usedBefore(row, tariff) !== undefined, 'reading', YEARLY)
  expect(['actual', 'estimated'].includes(row.read_kind), 'state', 'read_kind')
  expect(['due', 'paid'].includes(row.status), 'state', 'status')
  if (flaws.length > 0) return flaws
  return parseYuan(row.amount) === computed(row, tariff).totalFen
    ? []
    : [{ reason: 'amount', column: 'amount' }]
}

/** What the tariff makes of a row whose readings are right. */
function computed(row: Row, tariff: Tariff) {
  return computeBill(tariff, {
    usage: usageOf(row),
    usedBefore: usedBefore(row, tariff) ?? quantity(0),
    people: Number(row.people),
    readDate: row.read_on,
  })
}

function billOf(row: number, record: Row, accountNumber: string, tariff: Tariff): FileBill {
  const { lines, totalFen } = computed(record, tariff)
  return {
    row,
    account: {
      accountNumber,
      holderName: record.holder,
      address: record.address,
      meterNumber: record.meter,
      people: Number(record.people),
      state: 'active',
    },
    bill: {
      billId: record.month,
      revision: 1,
      month: record.month,
      periodFrom: record.period_from,
      periodTo: record.period_to,
      issuedOn: record.issued_on,
      dueOn: record.due_on,
      previousReading: readingOf(record.previous_reading) ?? quantity(0),
      currentReading: readingOf(record.current_reading) ?? quantity(0),
      readOn: record.read_on,
      readKind: record.read_kind === 'actual' ? 'actual' : 'estimated',
      usage: usageOf(record),
      usedBefore: usedBefore(record, tariff) ?? quantity(0),
      lines,
      principal: totalFen,
      tariffVersion: tariff.id,
      status: record.status === 'paid' ? 'paid' : 'due',
    },
  }
}

function usageOf(row: Row): Quantity {
  return quantity((readingOf(row.current_reading) ?? 0) - (readingOf(row.previous_reading) ?? 0))
}

/** Used in this year before the bill's period; nothing where steps begin anew every month. */
function usedBefore(row: Row, tariff: Tariff): Quantity | undefined {
  return tariff.resets === 'year' ? readingOf(row.used_before ?? '') : quantity(0)
}

/** A day that the calendar has. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** A meter reading with at most two decimals, as hundredths. */
function readingOf(text: string): Quantity | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text)
  return match === null
    ? undefined
    : quantity(Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')))
}
