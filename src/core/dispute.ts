import type { Instant } from './time'

/** What somebody says went wrong with a paid item. */
export const DISPUTE_REASONS = [
  'paid-not-credited',
  'paid-twice',
  'wrong-account',
  'wrong-amount',
  'not-mine',
  'refund-missing',
  'other',
] as const
export type DisputeReason = (typeof DISPUTE_REASONS)[number]

/** Whose turn it is; `open` is ours. What has ended stays ended. */
export const DISPUTE_STATES = ['open', 'with-biller', 'with-resident', 'ended'] as const
export type DisputeState = (typeof DISPUTE_STATES)[number]

export const DISPUTE_OUTCOMES = [
  'credited',
  'refunded',
  'explained',
  'rejected',
  'withdrawn',
] as const
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number]

/** What is put forward: words, or a reference to what is kept elsewhere. */
export const EVIDENCE_KINDS = ['words', 'receipt', 'statement', 'photo', 'biller-answer'] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

const DAY_MS = 86_400_000
/** Money that is missing is answered on the same day; a biller has two, and a resident a week. */
const URGENT: readonly DisputeReason[] = ['paid-not-credited', 'paid-twice', 'refund-missing']
const DAYS: Record<Exclude<DisputeState, 'ended'>, number> = {
  open: 3,
  'with-biller': 2,
  'with-resident': 7,
}

/** By when the next answer is due, from whoever's turn it is. */
export function answerDueBy(
  reason: DisputeReason,
  state: Exclude<DisputeState, 'ended'>,
  now: Instant,
): Instant {
  const days = state === 'open' && URGENT.includes(reason) ? 1 : DAYS[state]
  return now + days * DAY_MS
}
