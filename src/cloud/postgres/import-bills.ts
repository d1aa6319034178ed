import type { Instant } from '../../core/time'
import type { BillerAccount, BillerBill } from '../billers/biller'
import type { StoredBill } from './bills'
import { type Database, onlyRow, statement, timestamp } from './database'
import { type PersonalDataKeys, seal } from './personal-data'

const IMPORT = statement(
  'bills-import',
  'select import_bills($1, $2::jsonb, $3::jsonb, $4::timestamptz) as answer',
)

/** A bill to be written, and how it stood when that was decided; undefined when there was none. */
export type ImportedBill = { accountId: string; bill: BillerBill; seen: StoredBill | undefined }
export type ImportedAccount = { accountId: string; account: BillerAccount }

/**
 * Writes a hosted biller's accounts and bills in one call, all or nothing (import_bills). `changed`:
 * one of the bills does not stand any more as it was seen, and nothing was written.
 */
export async function importBillRows(
  { database, keys }: { database: Database; keys: PersonalDataKeys },
  file: { billerId: string; accounts: readonly ImportedAccount[]; bills: readonly ImportedBill[] },
  now: Instant,
): Promise<'imported' | 'changed'> {
  const ordered = [...file.bills].sort(
    (a, b) => compare(a.accountId, b.accountId) || compare(a.bill.billId, b.bill.billId),
  )
  const rows = await database.run<{ answer: 'imported' | 'changed' }>(IMPORT, [
    file.billerId,
    JSON.stringify(file.accounts.map((one) => accountRow(keys, one))),
    JSON.stringify(ordered.map(billRow)),
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function accountRow(keys: PersonalDataKeys, { accountId, account }: ImportedAccount) {
  const sealed = (column: 'holder' | 'address', text: string) =>
    seal(keys, { table: 'account', row: accountId, column }, text)
  return {
    account_id: accountId,
    account_number: account.accountNumber,
    holder_sealed: sealed('holder', account.holderName),
    address_sealed: sealed('address', account.address),
    meter_number: account.meterNumber,
    people: account.people,
  }
}

function billRow({ accountId, bill, seen }: ImportedBill) {
  return {
    account_id: accountId,
    bill_id: bill.billId,
    revision: bill.revision,
    seen_revision: seen?.revision ?? null,
    seen_status: seen?.status ?? null,
    seen_lock: seen?.lockPaymentId ?? null,
    month: bill.month,
    period_from: bill.periodFrom,
    period_to: bill.periodTo,
    issued_on: bill.issuedOn,
    due_on: bill.dueOn,
    previous_reading: bill.previousReading,
    current_reading: bill.currentReading,
    read_on: bill.readOn,
    read_kind: bill.readKind,
    usage: bill.usage,
    used_before: bill.usedBefore,
    lines: bill.lines,
    principal_fen: bill.principal,
    tariff_version: bill.tariffVersion,
    status: bill.status,
  }
}
