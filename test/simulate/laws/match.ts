import type { DayPosting } from '../../../src/cloud/billers/biller'
import { dayOf } from '../calendar'
import type { FileFlaw } from '../neighbours/files/flaws'
import type { DifferenceRow, FileRow, Snapshot } from '../snapshot'
import { type Books, keyOf, paidIds } from './books'
import { fileOf, isTrueDifference } from './true-difference'

/** What our books said when somebody set out to read a file: what comes later need not be seen. */
export type Known = { orders: Set<string>; refunds: Map<string, string>; postings: Set<string> }

const tryOf = ({ owner_id, source, day }: FileRow, attempt: number | null) =>
  `${owner_id}/${source}/${day}/${attempt}`

/** Keeps what is known when a file is about to be read. */
export function rememberKnown(now: Snapshot, before: Snapshot, { known }: Books): void {
  if (now.files === before.files) return
  for (const file of now.files) {
    const name = tryOf(file, file.attempts)
    if (file.attempts > 0 && !known.has(name)) known.set(name, knownOf(now))
  }
}

function knownOf(now: Snapshot): Known {
  const paid = paidIds(now.payments)
  const orders = now.orders.filter(({ payment_id }) => paid.has(payment_id))
  const posted = now.items.filter(({ state }) => state === 'posted')
  return {
    orders: new Set(orders.map(({ order_number }) => order_number)),
    refunds: new Map(
      now.refunds.flatMap(({ refund_number, sent_at }) =>
        sent_at === null ? [] : [[refund_number, sent_at] as const],
      ),
    ),
    postings: new Set(posted.map(keyOf)),
  }
}

/** Law 11: what is wrong in a file that was matched is noted, and what is noted is wrong in that way. */
export function matchIsTrue(now: Snapshot, books: Books): string[] {
  const matched = now.files.filter(({ state }) => state === 'matched')
  if (matched.length === 0) return []
  const noted = new Set(now.differences.map((one) => fileOf(one, one.about)))
  return [
    ...books.flaws
      .filter((flaw) => matched.some((file) => isOf(flaw, file) && mustBeSeen(flaw, file, books)))
      .filter((flaw) => !noted.has(fileOf(flaw, flaw.about)))
      .map((flaw) => `law 11: ${flaw.flaw} of ${fileOf(flaw, flaw.about)} was not noted`),
    ...now.differences
      .filter((one) => !isTrueDifference(one, now, books))
      .map((one) => `law 11: ${one.difference_id} is noted, and no row of its file says so`),
  ]
}

function isOf(flaw: FileFlaw, file: FileRow): boolean {
  return flaw.ownerId === file.owner_id && flaw.source === file.source && flaw.day === file.day
}

/**
 * A row that is lost is seen only if we had it when the file was read; a flow is held against the trade
 * file, whose own flaw may be the same. A refund that is listed twice is not looked for, nor that a
 * biller told what it had lost and was told again on two days.
 */
function mustBeSeen(flaw: FileFlaw, file: FileRow, { flaws, known, billers }: Books): boolean {
  if (flaw.source === 'postings' && flaw.flaw === 'file-row-strange') {
    const biller = [...billers.values()].find(({ lost }) => lost.has(flaw.about))
    const again = biller?.postings.get(flaw.about)?.posting
    if (again?.amount === (flaw.row as DayPosting).amount) return false
  }
  if (flaw.source === 'fund-flow')
    return !flaws.some(
      (one) => one.source === 'trade' && one.ownerId === flaw.ownerId && one.day === flaw.day,
    )
  const isRefund =
    flaw.source === 'trade' && (flaw.about.charAt(26) === 'R' || flaw.about.startsWith('HAND'))
  if (flaw.flaw !== 'file-row-lost') return !(isRefund && flaw.flaw === 'file-row-twice')
  const then = known.get(tryOf(file, file.staged_attempt))
  if (flaw.source === 'postings') return then?.postings.has(flaw.about) === true
  const sentAt = then?.refunds.get(flaw.about)
  return isRefund
    ? sentAt !== undefined && dayOf(Date.parse(sentAt)) === flaw.day
    : then?.orders.has(flaw.about) === true
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
