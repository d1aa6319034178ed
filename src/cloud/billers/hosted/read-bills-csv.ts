import { parse } from 'csv-parse/sync'
import { type AccountNumberRule, checkAccountNumber } from '../../../core/account-number'
import { parseYuan } from '../../../core/money'
import { quantity } from '../../../core/quantity'
import { computeBill } from '../../../core/tariff/compute-bill'
import type { Tariff } from '../../../core/tariff/tariff'
import type { BillerAccount, BillerBill } from '../biller'

export type RowFlaw =
  | 'columns'
  | 'account-number'
  | 'month'
  | 'date'
  | 'reading'
  | 'people'
  | 'state'
  | 'holder'
  | 'amount'
  | 'twice'

export type BillsFile =
  | { ok: true; rows: { account: BillerAccount; bill: BillerBill }[] }
  | { ok: false; flaws: { row: number; reason: RowFlaw; column?: string }[] }

/** The columns, in any order; see docs/bills-csv.md. */
export const COLUMNS = [
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
type Row = Record<(typeof COLUMNS)[number], string>

/**
 * Reads a biller's bills file: UTF-8 CSV with a header. Every row is checked before anything is
 * taken, the amount against the tariff too; one flaw refuses the file, with a report of all flaws
 * by row number (the header is row 1).
 */
export function readBillsCsv(
  text: string,
  { rule, tariff }: { rule: AccountNumberRule; tariff: Tariff },
): BillsFile {
  const table = tableOf(text)
  if (table === undefined) return { ok: false, flaws: [{ row: 1, reason: 'columns' }] }
  const flaws: { row: number; reason: RowFlaw; column?: string }[] = []
  const rows: { account: BillerAccount; bill: BillerBill }[] = []
  const seen = new Set<string>()
  for (const [index, row] of table.entries()) {
    const read = readRow(row, rule, tariff)
    const key = 'reason' in read ? '' : `${read.account.accountNumber}/${read.bill.month}`
    if ('reason' in read) flaws.push({ row: index + 2, ...read })
    else if (seen.has(key)) flaws.push({ row: index + 2, reason: 'twice' })
    else rows.push(read)
    seen.add(key)
  }
  return flaws.length > 0 ? { ok: false, flaws } : { ok: true, rows }
}

function tableOf(text: string): Row[] | undefined {
  try {
    const rows = parse(text, {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
    }) as Row[]
    const [first] = rows
    return first === undefined || COLUMNS.every((column) => column in first) ? rows : undefined
  } catch {
    return undefined
  }
}

type Flaw = { reason: RowFlaw; column?: string }

function readRow(
  row: Row,
  rule: AccountNumberRule,
  tariff: Tariff,
): { account: BillerAccount; bill: BillerBill } | Flaw {
  const checked = checkAccountNumber(rule, row.account_number)
  if (!checked.ok) return { reason: 'account-number' }
  if (row.holder === '' || row.address === '' || row.meter === '') return { reason: 'holder' }
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(row.month)) return { reason: 'month' }
  for (const column of ['period_from', 'period_to', 'issued_on', 'due_on', 'read_on'] as const) {
    if (!isDate(row[column])) return { reason: 'date', column }
  }
  if (!/^[1-9]\d?$/.test(row.people)) return { reason: 'people' }
  if (row.read_kind !== 'actual' && row.read_kind !== 'estimated')
    return { reason: 'state', column: 'read_kind' }
  if (row.status !== 'due' && row.status !== 'paid') return { reason: 'state', column: 'status' }
  const previous = readingOf(row.previous_reading)
  const current = readingOf(row.current_reading)
  if (previous === undefined || current === undefined || current < previous)
    return { reason: 'reading' }
  const usage = quantity(current - previous)
  const { lines, totalFen } = computeBill(tariff, {
    usage,
    people: Number(row.people),
    readDate: row.read_on,
  })
  if (parseYuan(row.amount) !== totalFen) return { reason: 'amount' }
  return {
    account: {
      accountNumber: checked.number,
      holderName: row.holder,
      address: row.address,
      meterNumber: row.meter,
      people: Number(row.people),
      state: 'active',
    },
    bill: {
      billId: row.month,
      revision: 1,
      month: row.month,
      periodFrom: row.period_from,
      periodTo: row.period_to,
      issuedOn: row.issued_on,
      dueOn: row.due_on,
      previousReading: previous,
      currentReading: current,
      readOn: row.read_on,
      readKind: row.read_kind,
      usage,
      usedBefore: quantity(0),
      lines,
      principal: totalFen,
      tariffVersion: tariff.id,
      status: row.status,
    },
  }
}

function isDate(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
  )
}

/** A meter reading with at most two decimals, as hundredths. */
function readingOf(text: string) {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text)
  return match === null
    ? undefined
    : quantity(Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')))
}
