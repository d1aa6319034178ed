import type { FileFlaw } from '../neighbours/files/flaws'
import type { DifferenceRow, FileRow, Snapshot } from '../snapshot'
import type { Books } from './books'

/** Reasons that only a wrong row of a file gives, since of both sides’ facts there are no two, and which. */
const ONLY_BY_FLAW: Readonly<Partial<Record<string, readonly FileFlaw['flaw'][]>>> = {
  'amount-differs': ['file-row-differs', 'file-row-strange'],
  'fee-differs': ['file-row-differs', 'file-row-strange'],
  'ours-only': ['file-row-lost'],
}

const fileOf = ({ source, day }: { source: string; day: string }, about: string) =>
  `${source}/${day}/${about}`

/** Law 11: what is wrong in a file that was matched is noted, and what is noted is wrong in that way. */
export function matchIsTrue(now: Snapshot, { flaws, billers }: Books): string[] {
  const matched = now.files.filter(({ state }) => state === 'matched')
  if (matched.length === 0) return []
  const noted = new Set(now.differences.map((one) => fileOf(one, one.about)))
  const flawsOf = (one: DifferenceRow) =>
    flaws.filter((flaw) => fileOf(flaw, flaw.about) === fileOf(one, one.about))
  const lost = new Set([...billers.values()].flatMap((biller) => [...biller.lost]))
  return [
    ...flaws
      .filter((flaw) => matched.some((file) => isOf(flaw, file)) && mustBeSeen(flaw, flaws))
      .filter((flaw) => !noted.has(fileOf(flaw, flaw.about)))
      .map((flaw) => `law 11: ${flaw.flaw} of ${fileOf(flaw, flaw.about)} was not noted`),
    ...now.differences
      .filter((one) => one.source !== 'fund-flow' && !lost.has(one.about))
      .filter((one) => {
        const causes = ONLY_BY_FLAW[one.reason]
        return causes && !flawsOf(one).some(({ flaw }) => causes.includes(flaw))
      })
      .map((one) => `law 11: ${one.difference_id} is noted, and no row of its file says so`),
  ]
}

function isOf(flaw: FileFlaw, file: FileRow): boolean {
  return flaw.ownerId === file.owner_id && flaw.source === file.source && flaw.day === file.day
}

/**
 * A row that is lost is seen only if we have it, and that we may have only later; a flow is held against
 * the trade file, whose own flaw may be the same. A refund that is listed twice is not looked for.
 */
function mustBeSeen(flaw: FileFlaw, flaws: readonly FileFlaw[]): boolean {
  if (flaw.source === 'fund-flow')
    return !flaws.some(
      (one) => one.source === 'trade' && one.ownerId === flaw.ownerId && one.day === flaw.day,
    )
  const isRefund =
    flaw.source === 'trade' && (flaw.about.charAt(26) === 'R' || flaw.about.startsWith('HAND'))
  return flaw.flaw !== 'file-row-lost' && !(isRefund && flaw.flaw === 'file-row-twice')
}

/** Law 11 at the end: every day is matched, and nothing that differed is left open. */
export function unmatched(now: Snapshot, firstDay: string): string[] {
  const isOpen = ({ state }: DifferenceRow) => state === 'open'
  return [
    ...(now.files.some(({ day }) => day === firstDay)
      ? []
      : [`law 11: nobody matched ${firstDay}`]),
    ...now.files
      .filter(({ state }) => state !== 'matched')
      .map((file) => `law 11: ${file.source} of ${file.owner_id}, ${file.day}, is not matched`),
    ...now.differences
      .filter(isOpen)
      .map(({ difference_id }) => `law 11: ${difference_id} is still open`),
  ]
}
