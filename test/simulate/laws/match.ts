import { dayOf } from '../calendar'
import type { FileFlaw } from '../neighbours/files/flaws'
import type { DifferenceRow, FileRow, Snapshot } from '../snapshot'
import { type Books, keyOf, paidIds } from './books'

/** What our books said when somebody set out to read a file: what comes later need not be seen. */
export type Known = { orders: Set<string>; refunds: Map<string, string>; postings: Set<string> }

const fileOf = ({ source, day }: { source: string; day: string }, about: string) =>
  `${source}/${day}/${about}`
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
      .filter((one) => !isTrue(one, now, books))
      .map((one) => `law 11: ${one.difference_id} is noted, and no row of its file says so`),
  ]
}

function isOf(flaw: FileFlaw, file: FileRow): boolean {
  return flaw.ownerId === file.owner_id && flaw.source === file.source && flaw.day === file.day
}

/**
 * A row that is lost is seen only if we had it when the file was read; a flow is held against the trade
 * file, whose own flaw may be the same. A refund that is listed twice is not looked for.
 */
function mustBeSeen(flaw: FileFlaw, file: FileRow, { flaws, known }: Books): boolean {
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

/** What may be done about a difference by itself: nothing that could move money twice. */
const SAFE: Readonly<Record<string, readonly string[]>> = {
  'trade wallet-only': ['ask', 'refund', 'person'],
  'trade ours-only': ['ask'],
  'trade amount-differs': ['person'],
  'trade fee-differs': ['person'],
  'trade day-cut': ['wait'],
  'trade refund-not-seen': ['ask'],
  'trade refund-unknown': ['ask', 'person'],
  'postings biller-only': ['ask', 'post-again', 'person'],
  'postings ours-only': ['post-again'],
  'postings amount-differs': ['person'],
  'postings day-cut': ['wait'],
  'fund-flow wallet-only': ['person'],
  'fund-flow amount-differs': ['person'],
  'fund-flow fee-differs': ['person'],
}

/** Which flaws of a row are called so; of the rest both sides' facts must differ in that way by themselves. */
const CALLED: Readonly<Record<string, readonly FileFlaw['flaw'][]>> = {
  'amount-differs': ['file-row-differs', 'file-row-strange'],
  'fee-differs': ['file-row-differs', 'file-row-strange'],
  'ours-only': ['file-row-lost'],
  'wallet-only': ['file-row-twice', 'file-row-strange', 'file-row-differs'],
  'biller-only': ['file-row-twice', 'file-row-strange'],
  'refund-not-seen': ['file-row-lost'],
  'refund-unknown': ['file-row-strange'],
  'day-cut': ['file-row-lost'],
}

function isTrue(one: DifferenceRow, now: Snapshot, books: Books): boolean {
  if (SAFE[`${one.source} ${one.reason}`]?.includes(one.action) !== true) return false
  const flawed = books.flaws.filter(
    (flaw) =>
      fileOf(flaw, flaw.about) === fileOf(one, one.about) ||
      // A flow is held against the trade file of its day, whichever of the two is wrong.
      (one.source === 'fund-flow' && flaw.source === 'trade' && flaw.day === one.day),
  )
  if (one.source === 'fund-flow') return flawed.length > 0
  if (flawed.some(({ flaw }) => CALLED[one.reason]?.includes(flaw)))
    return one.reason !== 'day-cut' || isNearMidnight(momentsOf(one, now, books))
  return differs(one, now, books)
}

/** Whether the neighbours' books and ours differ in this way, with no row of a file wrong. */
function differs(one: DifferenceRow, now: Snapshot, books: Books): boolean {
  const moments = momentsOf(one, now, books)
  const isOfDay = moments.theirs !== undefined && dayOf(moments.theirs) === one.day
  const first = knownAtFirst(one, books)
  switch (one.reason) {
    case 'wallet-only':
      return isOfDay && first?.orders.has(one.about) !== true
    case 'refund-unknown':
      return isOfDay && first?.refunds.has(one.about) !== true
    case 'biller-only':
      return isOfDay && first?.postings.has(one.about) !== true
    case 'ours-only':
      return [...books.billers.values()].some(({ lost }) => lost.has(one.about))
    case 'refund-not-seen':
      return !isOfDay
    case 'day-cut':
      return isNearMidnight(moments)
    default:
      return false
  }
}

/** When it was by its neighbour's book, and by ours; Unix ms. */
function momentsOf({ about }: DifferenceRow, now: Snapshot, { weChat, billers }: Books) {
  const booked = [...weChat.orders.values()]
  const order = booked.find(
    ({ order, state }) =>
      state === 'SUCCESS' && order.parts.some((part) => part.orderNumber === about),
  )
  const refund = booked
    .flatMap(({ refunds }) => refunds)
    .find(({ fact }) => fact.refundNumber === about)
  const posting = [...billers.values()].flatMap(({ postings }) => postings.get(about) ?? [])[0]
  const posted = posting?.outcome.state === 'posted' ? posting.outcome.postedAt : undefined
  const sentAt = now.refunds.find(({ refund_number }) => refund_number === about)?.sent_at
  const postedAt = now.items.find((item) => keyOf(item) === about)?.posted_at
  const ownAt = sentAt ?? postedAt
  return {
    theirs: order?.paidAt ?? refund?.begunAt ?? posted,
    ours: ownAt == null ? undefined : Date.parse(ownAt),
  }
}

const HOUR_MS = 3_600_000

function isNearMidnight({
  theirs,
  ours,
}: {
  theirs: number | undefined
  ours: number | undefined
}): boolean {
  return [theirs, ours].some(
    (at) => at !== undefined && dayOf(at - HOUR_MS) !== dayOf(at + HOUR_MS),
  )
}

/** The day's file was read by nobody before: what was known then is the least. */
function knownAtFirst({ source, day, about }: DifferenceRow, { known }: Books): Known | undefined {
  const names = [...known].filter(([name]) => name.includes(`/${source}/${day}/`))
  return names
    .map(([, then]) => then)
    .reduce<Known | undefined>((least, then) => {
      const has = (one: Known) =>
        one.orders.has(about) || one.refunds.has(about) || one.postings.has(about)
      return least === undefined || has(least) ? then : least
    }, undefined)
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
