import { type AuditSeal, auditBetween, BEGINNING, sealsAfter } from '../postgres/audit-seals'
import type { Ports } from './ports'
import { hashOf } from './seal-audit'

/** What is wrong with one link, and between which times its rows are. */
export type ChainFlaw = {
  sealNo: number
  flaw: 'row-changed' | 'row-removed' | 'row-inserted' | 'seal-missing' | 'not-as-logged'
  from: string
  to: string
}

export type ChainReport = {
  seals: number
  rows: number
  flaws: ChainFlaw[]
  last: { sealNo: number; hash: string } | undefined
}

/**
 * Walks the chain of audit seals and reads every sealed row again. Each link is judged by itself, so
 * that one flaw does not hide the next. `logged` is a seal as the log has it: a chain that was cut
 * off or written anew does not hold that one.
 */
export async function verifyAudit(
  ports: Ports,
  logged?: { sealNo: number; hash: string },
): Promise<ChainReport> {
  const report: ChainReport = { seals: 0, rows: 0, flaws: [], last: undefined }
  let before: AuditSeal | undefined
  let isAsLogged = logged === undefined
  for (;;) {
    const seals = await sealsAfter(ports.database, before?.sealNo ?? 0)
    for (const seal of seals) {
      const flaw = await flawOf(ports, before, seal)
      if (flaw !== undefined) report.flaws.push(flawAt(before, seal, flaw))
      if (seal.sealNo === logged?.sealNo) isAsLogged = seal.hash === logged.hash
      report.seals += 1
      report.rows += seal.rows
      report.last = { sealNo: seal.sealNo, hash: seal.hash }
      before = seal
    }
    if (seals.length === 0) break
  }
  if (logged !== undefined && !isAsLogged)
    report.flaws.push({ sealNo: logged.sealNo, flaw: 'not-as-logged', from: '', to: '' })
  return report
}

async function flawOf(
  ports: Ports,
  before: AuditSeal | undefined,
  seal: AuditSeal,
): Promise<ChainFlaw['flaw'] | undefined> {
  if (seal.sealNo !== (before?.sealNo ?? 0) + 1) return 'seal-missing'
  const after = before?.through ?? BEGINNING
  const rows = await auditBetween(ports.database, { after, through: seal.through })
  if (hashOf(ports, before?.hash ?? '', { sealNo: seal.sealNo, rows }) === seal.hash)
    return undefined
  if (rows.length < seal.rows) return 'row-removed'
  return rows.length > seal.rows ? 'row-inserted' : 'row-changed'
}

function flawAt(
  before: AuditSeal | undefined,
  seal: AuditSeal,
  flaw: ChainFlaw['flaw'],
): ChainFlaw {
  return { sealNo: seal.sealNo, flaw, from: before?.through.at ?? '', to: seal.through.at }
}
