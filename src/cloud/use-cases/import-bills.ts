import type { BillerBill } from '../billers/biller'
import { type FileBill, type Flaw, readBillsCsv } from '../billers/hosted/read-bills-csv'
import { tariffOf } from '../billers/load-manifests'
import { billsOfAccount, type StoredBill } from '../postgres/bills'
import { type ImportedBill, importBillRows } from '../postgres/import-bills'
import { deriveAccountId } from '../postgres/personal-data'
import { heldBills } from './held-bills'
import { knownBiller } from './known-biller'
import type { Ports } from './ports'

/** Flaws of the file itself, and of rows that our own books do not allow any more. */
export type ImportFlaw = Flaw | { row: number; reason: 'paid' | 'being-paid' }
export type ImportedFile =
  | { ok: true; rows: number; bills: number; corrected: number }
  | { ok: false; flaws: ImportFlaw[] }

/** More bills than any account has. */
const BILLS_MAX = 1_000
/** A file is judged anew when a payment touched one of its bills in the meantime. */
const TRIES = 5

/**
 * Takes a hosted biller's bills file in, all of it or nothing. A bill that is known with other
 * contents becomes its next revision while it is due, and so does one that is due again, since its biller took
 * back all that it had credited; one that was paid or is being paid refuses the file by its row. Importing the
 * same file again changes nothing. `bills` counts what was written,
 * `corrected` those of them that were known before.
 */
export async function importBills(
  ports: Ports,
  billerId: string,
  text: string,
): Promise<ImportedFile> {
  const manifest = knownBiller(ports, billerId)
  const file = readBillsCsv(text, {
    rule: manifest.accountNumber.rule,
    tariff: tariffOf(manifest.tariffId),
  })
  if (!file.ok) return file
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const { flaws, bills } = await judge(ports, billerId, file.bills)
    if (flaws.length > 0) return { ok: false, flaws }
    const answer = await write(ports, billerId, { rows: file.bills, bills })
    if (answer === 'imported') {
      const corrected = bills.filter(({ seen }) => seen !== undefined).length
      return { ok: true, rows: file.bills.length, bills: bills.length, corrected }
    }
  }
  throw new Error(`the bills of ${billerId} changed ${TRIES} times while their file was taken in`)
}

type Judged = { flaws: ImportFlaw[]; bills: ImportedBill[] }

/** What each row means for the bill that is known, and which rows must not be. */
async function judge(ports: Ports, billerId: string, rows: readonly FileBill[]): Promise<Judged> {
  const judged: Judged = { flaws: [], bills: [] }
  for (const [accountId, own] of byAccount(ports, billerId, rows)) {
    const stored = await billsOfAccount(ports.database, accountId, BILLS_MAX)
    const seenOf = ({ billId }: BillerBill) => stored.find((one) => one.billId === billId)
    const held = await heldBills(
      ports,
      accountId,
      own.map(({ bill }) => nextRevision(bill, seenOf(bill))),
    )
    for (const { row, bill } of own) {
      const seen = seenOf(bill)
      const standing = standingOf(seen, held)
      const one = { accountId, seen, bill: revised(bill, seen, standing) }
      if (!isChange(one)) continue
      const reason = whyNotCorrectable(one, standing)
      if (reason === undefined) judged.bills.push(one)
      else judged.flaws.push({ row, reason })
    }
  }
  judged.flaws.sort((a, b) => a.row - b.row)
  return judged
}

function write(
  ports: Ports,
  billerId: string,
  { rows, bills }: { rows: readonly FileBill[]; bills: readonly ImportedBill[] },
): Promise<'imported' | 'changed'> {
  const accounts = [...byAccount(ports, billerId, rows)].flatMap(([accountId, own]) => {
    // Of what its rows say about an account, the newest month's holds.
    const [newest] = own.sort((a, b) => b.bill.month.localeCompare(a.bill.month))
    return newest === undefined ? [] : [{ accountId, account: newest.account }]
  })
  const { database, personalData: keys } = ports
  return importBillRows({ database, keys }, { billerId, accounts, bills }, ports.now())
}

function byAccount(ports: Ports, billerId: string, rows: readonly FileBill[]) {
  const accounts = new Map<string, FileBill[]>()
  for (const row of rows) {
    const accountId = deriveAccountId(ports.personalData, billerId, row.account.accountNumber)
    const own = accounts.get(accountId)
    if (own === undefined) accounts.set(accountId, [row])
    else own.push(row)
  }
  return accounts
}

/** Whether a bill may be asked for anew: not while a payment holds it, or what was paid stands. */
type Standing = 'free' | 'being-paid' | 'paid' | 'taken-back'

function standingOf(seen: StoredBill | undefined, held: ReadonlySet<string>): Standing {
  if (seen === undefined) return 'free'
  if (seen.status === 'due') return held.has(seen.billId) ? 'being-paid' : 'free'
  return seen.creditedPaymentId === null || held.has(seen.billId) ? 'paid' : 'taken-back'
}

/** The same contents are the same revision, unless the credit was taken back; other contents are the next one. */
function revised(bill: BillerBill, seen: StoredBill | undefined, standing: Standing): BillerBill {
  if (seen === undefined) return bill
  return hasSameContents(bill, seen) && standing !== 'taken-back'
    ? { ...bill, revision: seen.revision }
    : nextRevision(bill, seen)
}

function nextRevision(bill: BillerBill, seen: StoredBill | undefined): BillerBill {
  return seen === undefined ? bill : { ...bill, revision: seen.revision + 1 }
}

function hasSameContents(bill: BillerBill, seen: StoredBill): boolean {
  const contents = (one: BillerBill | StoredBill, principal: number) =>
    JSON.stringify([
      one.periodFrom,
      one.periodTo,
      one.issuedOn,
      one.dueOn,
      one.previousReading,
      one.currentReading,
      one.readOn,
      one.readKind,
      one.usedBefore,
      one.tariffVersion,
      principal,
    ])
  return contents(bill, bill.principal) === contents(seen, seen.principalFen)
}

/** New, other contents, or paid at the biller since; what we know as paid stays paid. */
function isChange({ bill, seen }: ImportedBill): boolean {
  if (seen === undefined || bill.revision > seen.revision) return true
  return seen.status === 'due' && bill.status !== 'due'
}

function whyNotCorrectable(
  { bill, seen }: ImportedBill,
  standing: Standing,
): 'paid' | 'being-paid' | undefined {
  if (seen === undefined || bill.revision === seen.revision) return undefined
  return standing === 'paid' || standing === 'being-paid' ? standing : undefined
}
