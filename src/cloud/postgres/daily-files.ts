import type { FileSource } from '../../core/reconciliation'
import type { DateText, Instant } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'

/** A payee's file of WeChat, or a biller's file, of one day. */
export type FileKey = { ownerId: string; source: FileSource; day: DateText }
export type DailyFile = FileKey & {
  state: 'wanted' | 'staged' | 'matched'
  attempts: number
  refusal: string | null
  /** The try whose rows count. */
  stagedAttempt: number | null
  rows: number | null
  digest: string | null
  sums: Readonly<Record<string, number>> | null
  /** How many of its lines had no counterpart in our books. */
  leftRows: number | null
  /** Our lines that no line of the file was the counterpart of. */
  unmet: readonly string[] | null
  differences: number | null
  matchedAt: Instant | null
}

const COLUMNS = `owner_id as "ownerId", source, day, state, attempts, refusal, staged_attempt as "stagedAttempt",
  row_count as rows, digest, sums, left_rows as "leftRows",
  to_jsonb(unmet) as unmet, differences, matched_at as "matchedAt"`
const KEY = 'owner_id = $1 and source = $2 and day = $3::date'
const WANT = statement('file-want', 'select want_file($1, $2, $3::date, $4::timestamptz)::text')
const DUE = statement(
  'files-due',
  `select owner_id as "ownerId", source, day from daily_file
   where state <> 'matched' and next_at <= $1::timestamptz
     and (locked_until is null or locked_until <= $1::timestamptz)
   order by day, source = 'fund-flow', owner_id, source limit 100`,
)
const FIND = statement('file-find', `select ${COLUMNS} from daily_file where ${KEY}`)
const OF_DAYS = statement(
  'files-of-days',
  `select ${COLUMNS} from daily_file where day >= $1::date and day <= $2::date order by day, source, owner_id`,
)
const WANTED = statement(
  'files-wanted',
  `select min(day) as first, coalesce(jsonb_agg(day) filter (where day >= $3::date), '[]') as days
   from daily_file where owner_id = $1 and source = $2`,
)
const CLAIM = statement(
  'file-claim',
  'select claim_file($1, $2, $3::date, $4::timestamptz, $5::timestamptz) as attempt',
)
const REFUSE = statement(
  'file-refuse',
  'select refuse_file($1, $2, $3::date, $4::int, $5, $6::timestamptz) as told',
)
const STAGE = statement(
  'file-stage',
  `select stage_file($1, $2, $3::date, $4::int, $5::bigint, $6, $7::jsonb, $8::bigint, $9::text[],
     $10::timestamptz) as told`,
)
const FINISH = statement(
  'file-finish',
  'select finish_file($1, $2, $3::date, $4::int, $5::int, $6::timestamptz) as told',
)

const keyOf = ({ ownerId, source, day }: FileKey): [string, string, string] => [
  ownerId,
  source,
  day,
]

/** Wants a day's file, once. */
export async function wantFile(database: Database, key: FileKey, now: Instant): Promise<void> {
  await database.run(WANT, [...keyOf(key), timestamp(now)])
}

/** Files that are to be read or matched now, the oldest day first, and fund flows after what they are checked against. */
export function dueFiles(database: Database, now: Instant): Promise<FileKey[]> {
  return database.run<FileKey>(DUE, [timestamp(now)])
}

export async function findFile(database: Database, key: FileKey): Promise<DailyFile | undefined> {
  const [file] = await database.run<DailyFile>(FIND, keyOf(key))
  return file
}

export function filesOfDays(
  database: Database,
  from: DateText,
  to: DateText,
): Promise<DailyFile[]> {
  return database.run<DailyFile>(OF_DAYS, [from, to])
}

/** The first day of which this file was ever wanted, and all such days from `from` on. */
export async function wantedDays(
  database: Database,
  { ownerId, source }: Pick<FileKey, 'ownerId' | 'source'>,
  from: DateText,
): Promise<{ first: DateText | null; days: DateText[] }> {
  const parameters = [ownerId, source, from]
  return onlyRow(
    await database.run<{ first: DateText | null; days: DateText[] }>(WANTED, parameters),
  )
}

/** The number of this try; undefined when another runner has the file, or it is matched. */
export async function claimFile(
  database: Database,
  key: FileKey,
  now: Instant,
  leaseMs: number,
): Promise<number | undefined> {
  const rows = await database.run<{ attempt: number | null }>(CLAIM, [
    ...keyOf(key),
    timestamp(now),
    timestamp(now + leaseMs),
  ])
  return onlyRow(rows).attempt ?? undefined
}

/** Nothing of this try counts; false when another runner has taken over meanwhile. */
export async function refuseFile(
  database: Database,
  key: FileKey,
  refused: { attempt: number; refusal: string; nextAt: Instant },
): Promise<boolean> {
  const rows = await database.run<{ told: boolean }>(REFUSE, [
    ...keyOf(key),
    refused.attempt,
    refused.refusal,
    timestamp(refused.nextAt),
  ])
  return onlyRow(rows).told
}

/** A file that was read to its end, and what is left of it and of our books. */
export type ReadFile = {
  rows: number
  digest: string
  sums: Readonly<Record<string, number>>
  leftRows: number
  unmet: readonly string[]
  /** When it was held against our books. */
  heldAt: Instant
}

/** This try read the file to its end; false when another runner has taken over meanwhile. */
export async function stageFile(
  database: Database,
  key: FileKey,
  attempt: number,
  read: ReadFile,
): Promise<boolean> {
  const rows = await database.run<{ told: boolean }>(STAGE, [
    ...keyOf(key),
    attempt,
    read.rows,
    read.digest,
    JSON.stringify(read.sums),
    read.leftRows,
    read.unmet,
    timestamp(read.heldAt),
  ])
  return onlyRow(rows).told
}

export async function finishFile(
  database: Database,
  key: FileKey,
  matched: { attempt: number; differences: number },
  now: Instant,
): Promise<boolean> {
  const rows = await database.run<{ told: boolean }>(FINISH, [
    ...keyOf(key),
    matched.attempt,
    matched.differences,
    timestamp(now),
  ])
  return onlyRow(rows).told
}
