import type { Instant } from '../../core/time'
import {
  type AuditRow,
  type AuditSeal,
  addSeal,
  auditBetween,
  BEGINNING,
  lastSeal,
} from '../postgres/audit-seals'
import { timestamp } from '../postgres/database'
import { linkHash } from '../postgres/personal-data'
import type { Ports } from './ports'

/** Rows have their caller's time and are committed a little later: by now none can still come. */
const SETTLED_AFTER_MS = 2 * 60_000
const ROWS_MAX = 500

/**
 * Seals the audit rows written since the last seal into the chain, in order; gives how many. The log
 * keeps each seal's number and hash outside the database.
 */
export async function sealAudit(ports: Ports, until: Instant): Promise<number> {
  let sealed = 0
  for (;;) {
    const rows = await sealNext(ports)
    sealed += rows
    if (rows < ROWS_MAX || ports.now() >= until) return sealed
  }
}

/** The hash of a link: over the one before, its number, and all that its rows say. */
export function hashOf(
  ports: Ports,
  before: string,
  { sealNo, rows }: { sealNo: number; rows: readonly AuditRow[] },
): string {
  return linkHash(ports.personalData, [
    before,
    sealNo,
    ...rows.map((row) => [row.subjectId, row.auditId, row.at, row.actor, row.act, row.reason]),
  ])
}

async function sealNext(ports: Ports): Promise<number> {
  const before = await lastSeal(ports.database)
  const sealedAt = ports.now()
  const rows = await auditBetween(ports.database, {
    after: before?.through ?? BEGINNING,
    through: { ...BEGINNING, at: timestamp(sealedAt - SETTLED_AFTER_MS) },
    most: ROWS_MAX,
  })
  const through = rows.at(-1)
  if (through === undefined) return 0
  const sealNo = (before?.sealNo ?? 0) + 1
  const hash = hashOf(ports, before?.hash ?? '', { sealNo, rows })
  const seal: AuditSeal = { sealNo, sealedAt, through, rows: rows.length, hash }
  if (!(await addSeal(ports.database, seal))) return 0
  ports.log({ level: 'info', event: 'audit-sealed', about: `${sealNo} ${hash}` })
  return rows.length
}
