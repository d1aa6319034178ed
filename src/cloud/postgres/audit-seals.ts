import type { Instant } from '../../core/time'
import { type Database, statement, timestamp } from './database'

/** An audit row as it is sealed; `at` is text to the microsecond, as the database holds it. */
export type AuditRow = {
  subjectId: string
  auditId: string
  at: string
  actor: string
  act: string
  reason: string | null
}

/** A place in the order of the chain: by time, then by id. */
export type AuditPlace = Pick<AuditRow, 'at' | 'subjectId' | 'auditId'>

/** A link of the chain: `rows` audit rows after the link before, the last of them at `through`. */
export type AuditSeal = {
  sealNo: number
  sealedAt: Instant
  through: AuditPlace
  rows: number
  hash: string
}

/** Where the chain begins. */
export const BEGINNING: AuditPlace = { at: '-infinity', subjectId: '', auditId: '' }

/** There is one chain; the column keeps it on one machine of several. */
const CHAIN = 'audit'

const asText = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'`
/** Ordered by bytes, so that every engine and locale has the same order. */
const PLACE = '(at, subject_id collate "C", audit_id collate "C")'
const placeOf = (first: number) =>
  `($${first}::timestamptz, $${first + 1}::text collate "C", $${first + 2}::text collate "C")`

const BETWEEN = statement(
  'audit-between',
  `select subject_id as "subjectId", audit_id as "auditId", ${asText('at')} as at, actor, act, reason
   from audit where at >= $1::timestamptz and at <= $4::timestamptz
     and ${PLACE} > ${placeOf(1)} and ${PLACE} <= ${placeOf(4)}
   order by at, subject_id collate "C", audit_id collate "C" limit $7::bigint`,
)
const SEAL_COLUMNS = `seal_no as "sealNo", sealed_at as "sealedAt", ${asText('through_at')} as "throughAt",
  through_subject_id as "throughSubjectId", through_audit_id as "throughAuditId",
  rows_sealed as rows, hash`
const LAST = statement(
  'audit-seal-last',
  `select ${SEAL_COLUMNS} from audit_seal where chain = '${CHAIN}' order by seal_no desc limit 1`,
)
const PAGE = statement(
  'audit-seal-page',
  `select ${SEAL_COLUMNS} from audit_seal where chain = '${CHAIN}' and seal_no > $1::int
   order by seal_no limit 200`,
)
const ADD = statement(
  'audit-seal-add',
  `insert into audit_seal (chain, seal_no, sealed_at, through_at, through_subject_id, through_audit_id,
     rows_sealed, hash)
   values ('${CHAIN}', $1::int, $2::timestamptz, $3::timestamptz, $4, $5, $6::int, $7)
   on conflict (chain, seal_no) do nothing returning seal_no`,
)

/** The rows after one place and up to another, in order; all of them unless `most` is given. */
export function auditBetween(
  database: Database,
  { after, through, most }: { after: AuditPlace; through: AuditPlace; most?: number },
): Promise<AuditRow[]> {
  return database.run<AuditRow>(BETWEEN, [
    after.at,
    after.subjectId,
    after.auditId,
    through.at,
    through.subjectId,
    through.auditId,
    most ?? null,
  ])
}

export async function lastSeal(database: Database): Promise<AuditSeal | undefined> {
  const [row] = await database.run<SealRow>(LAST)
  return row && sealOf(row)
}

/** The next links after a number, in order; none when that was the last. */
export async function sealsAfter(database: Database, sealNo: number): Promise<AuditSeal[]> {
  return (await database.run<SealRow>(PAGE, [sealNo])).map(sealOf)
}

/** Adds a link; false when another sealer has added one of this number. */
export async function addSeal(database: Database, seal: AuditSeal): Promise<boolean> {
  const rows = await database.run(ADD, [
    seal.sealNo,
    timestamp(seal.sealedAt),
    seal.through.at,
    seal.through.subjectId,
    seal.through.auditId,
    seal.rows,
    seal.hash,
  ])
  return rows.length === 1
}

type SealRow = Omit<AuditSeal, 'through'> & {
  throughAt: string
  throughSubjectId: string
  throughAuditId: string
}

function sealOf({ throughAt, throughSubjectId, throughAuditId, ...seal }: SealRow): AuditSeal {
  return {
    ...seal,
    through: { at: throughAt, subjectId: throughSubjectId, auditId: throughAuditId },
  }
}
