import { dayOf } from '../calendar'
import type { FileFlaw } from '../neighbours/files/flaws'
import type { DifferenceRow, Snapshot } from '../snapshot'
import { type Books, keyOf } from './books'
import type { Known } from './match'

export const fileOf = ({ source, day }: { source: string; day: string }, about: string) =>
  `${source}/${day}/${about}`

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
  'day-cut': ['file-row-lost', 'file-row-strange'],
}

/** Law 11: a difference is what it is called, by a wrong row or by both sides' own facts, and its action is safe. */
export function isTrueDifference(one: DifferenceRow, now: Snapshot, books: Books): boolean {
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

/** What our books knew when they knew least of it, of all times that the day's file was read. */
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
