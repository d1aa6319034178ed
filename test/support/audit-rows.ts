import { type Database, statement } from '../../src/cloud/postgres/database'

export type AuditRowSeen = {
  subjectId: string
  auditId: string
  actor: string
  act: string
  reason: string | null
}

const ROWS = statement(
  'test-audit-rows',
  `select subject_id as "subjectId", audit_id as "auditId", actor, act, reason from audit
   where act = $1 order by at, subject_id, audit_id`,
)

/** The audit rows of one act, in order. */
export function auditRows(database: Database, act: string): Promise<AuditRowSeen[]> {
  return database.run<AuditRowSeen>(ROWS, [act])
}
