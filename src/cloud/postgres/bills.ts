import type { Fen } from '../../core/money'
import type { Quantity } from '../../core/quantity'
import type { BillLine } from '../../core/tariff/compute-bill'
import type { DateText, Instant, MonthText } from '../../core/time'
import type { MonthUse } from '../../core/usage'
import { type Database, statement } from './database'

/** A bill as it is stored; its lock and its credit name payments. */
export type StoredBill = {
  accountId: string
  billId: string
  billerId: string
  revision: number
  month: MonthText
  periodFrom: DateText
  periodTo: DateText
  issuedOn: DateText
  noticeOn: DateText | null
  dueOn: DateText
  previousReading: Quantity
  currentReading: Quantity
  readOn: DateText
  readKind: 'actual' | 'estimated'
  usage: Quantity
  usedBefore: Quantity
  lines: BillLine[]
  principalFen: Fen
  tariffVersion: string
  status: 'due' | 'paid' | 'void'
  lockPaymentId: string | null
  creditedPaymentId: string | null
  creditedItemNo: number | null
  creditedAt: Instant | null
}

export type BillKey = { accountId: string; billId: string }

const COLUMNS = `account_id as "accountId", bill_id as "billId", biller_id as "billerId", revision,
  month, period_from as "periodFrom", period_to as "periodTo", issued_on as "issuedOn",
  notice_on as "noticeOn", due_on as "dueOn", previous_reading as "previousReading",
  current_reading as "currentReading", read_on as "readOn", read_kind as "readKind", usage,
  used_before as "usedBefore", lines, principal_fen as "principalFen",
  tariff_version as "tariffVersion", status, lock_payment_id as "lockPaymentId",
  credited_payment_id as "creditedPaymentId", credited_item_no as "creditedItemNo",
  credited_at as "creditedAt"`

const FIND = statement(
  'bill-find',
  `select ${COLUMNS} from bill where account_id = $1 and bill_id = $2`,
)
const FIND_SEVERAL = statement(
  'bill-find-several',
  `select ${COLUMNS} from bill where (account_id, bill_id) in (select * from unnest($1::text[], $2::text[]))`,
)
const OF_ACCOUNT = statement(
  'bill-of-account',
  `select ${COLUMNS} from bill where account_id = $1 and status <> 'void' order by month desc limit $2`,
)
const OPEN = statement(
  'bill-open',
  `select ${COLUMNS} from bill where account_id = any($1::text[])
     and (status = 'due' or (status = 'paid' and credited_at > $2::timestamptz))
   order by account_id, month`,
)
const PUT = statement(
  'bill-put',
  `insert into bill (account_id, bill_id, biller_id, revision, month, period_from, period_to,
     issued_on, notice_on, due_on, previous_reading, current_reading, read_on, read_kind, usage,
     used_before, lines, principal_fen, tariff_version, status)
   values ($1, $2, $3, $4, $5, $6::date, $7::date, $8::date, $9::date, $10::date, $11, $12,
     $13::date, $14, $15, $16, $17::jsonb, $18, $19, $20)
   on conflict (account_id, bill_id) do update set revision = excluded.revision,
     month = excluded.month, period_from = excluded.period_from, period_to = excluded.period_to,
     issued_on = excluded.issued_on, notice_on = excluded.notice_on, due_on = excluded.due_on,
     previous_reading = excluded.previous_reading, current_reading = excluded.current_reading,
     read_on = excluded.read_on, read_kind = excluded.read_kind, usage = excluded.usage,
     used_before = excluded.used_before, lines = excluded.lines,
     principal_fen = excluded.principal_fen, tariff_version = excluded.tariff_version,
     status = excluded.status, credited_payment_id = null, credited_item_no = null,
     credited_at = null
   where bill.revision < excluded.revision
      or (bill.revision = excluded.revision and bill.status = 'due' and excluded.status <> 'due')`,
)
const USES = statement(
  'bill-uses',
  `select account_id as "accountId", month, read_on as "readOn", usage, used_before as "usedBefore"
   from bill where account_id = any($1::text[]) and month >= $2 and status <> 'void'
   order by month desc`,
)
const PAGE = statement(
  'bill-page',
  `select ${COLUMNS} from bill
   where account_id = any($1::text[]) and status <> 'void'
     and ($2::text is null or status = $2)
     and ($3::text is null or (month, account_id, bill_id) < ($3, $4, $5))
   order by month desc, account_id desc, bill_id desc limit $6`,
)
const OF_MONTHS = statement(
  'bill-of-months',
  `select ${COLUMNS} from bill
   where account_id = any($1::text[]) and month = any($2::text[]) and status <> 'void'
     and ($3::text is null or status = $3)
   order by month desc, account_id desc, bill_id desc`,
)
const COUNT = statement(
  'bill-count',
  `select count(*)::int as bills from bill where account_id = $1 and status <> 'void'`,
)

export async function findBill(database: Database, key: BillKey): Promise<StoredBill | undefined> {
  const [row] = await database.run<StoredBill>(FIND, [key.accountId, key.billId])
  return row
}

/** Several bills, of several accounts. */
export function findBills(database: Database, keys: readonly BillKey[]): Promise<StoredBill[]> {
  if (keys.length === 0) return Promise.resolve([])
  return database.run<StoredBill>(FIND_SEVERAL, [
    keys.map(({ accountId }) => accountId),
    keys.map(({ billId }) => billId),
  ])
}

/** The account's bills, newest first. */
export function billsOfAccount(
  database: Database,
  accountId: string,
  most: number,
): Promise<StoredBill[]> {
  return database.run<StoredBill>(OF_ACCOUNT, [accountId, most])
}

/** Bills that are due, and those credited since `since` (paid, perhaps not posted yet). */
export function openBills(
  database: Database,
  accountIds: readonly string[],
  since: string,
): Promise<StoredBill[]> {
  return database.run<StoredBill>(OPEN, [[...accountIds], since])
}

/** What the accounts used from a month on, newest first. */
export function usesOf(
  database: Database,
  accountIds: readonly string[],
  from: MonthText,
): Promise<(MonthUse & { accountId: string })[]> {
  return database.run(USES, [[...accountIds], from])
}

export type BillPageAfter = { month: string; accountId: string; billId: string }

/** One page over several accounts, newest month first. */
export function billPage(
  database: Database,
  page: {
    accountIds: readonly string[]
    status?: 'due' | 'paid' | undefined
    after?: BillPageAfter | undefined
    most: number
  },
): Promise<StoredBill[]> {
  const { after } = page
  return database.run<StoredBill>(PAGE, [
    [...page.accountIds],
    page.status ?? null,
    after?.month ?? null,
    after?.accountId ?? null,
    after?.billId ?? null,
    page.most,
  ])
}

/** All bills of these months over several accounts: what a page may show a part of. */
export function billsOfMonths(
  database: Database,
  asked: {
    accountIds: readonly string[]
    months: readonly MonthText[]
    status?: 'due' | 'paid' | undefined
  },
): Promise<StoredBill[]> {
  return database.run<StoredBill>(OF_MONTHS, [
    [...asked.accountIds],
    [...asked.months],
    asked.status ?? null,
  ])
}

export async function countBills(database: Database, accountId: string): Promise<number> {
  const [row] = await database.run<{ bills: number }>(COUNT, [accountId])
  return row?.bills ?? 0
}

/**
 * Stores what the biller said. Only a higher revision replaces a bill, or the same revision that
 * is no longer due there; a bill that we know as paid stays paid, whatever the biller still shows.
 */
export async function putBill(
  database: Database,
  bill: Omit<StoredBill, 'lockPaymentId' | 'creditedPaymentId' | 'creditedItemNo' | 'creditedAt'>,
): Promise<void> {
  await database.run(PUT, [
    bill.accountId,
    bill.billId,
    bill.billerId,
    bill.revision,
    bill.month,
    bill.periodFrom,
    bill.periodTo,
    bill.issuedOn,
    bill.noticeOn,
    bill.dueOn,
    bill.previousReading,
    bill.currentReading,
    bill.readOn,
    bill.readKind,
    bill.usage,
    bill.usedBefore,
    JSON.stringify(bill.lines),
    bill.principalFen,
    bill.tariffVersion,
    bill.status,
  ])
}
