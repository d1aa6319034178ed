import { type ClosedWindow, expiryFor } from './closed-window'
import type { Fen } from './money'
import type { Instant } from './time'

/** Why a bill cannot be paid now, the weightiest first: what outlasts the others is said first. */
export const NOT_PAYABLE = [
  'suspended',
  'already-paid',
  'being-paid',
  'closed-window',
  'amount-changed',
] as const
export type WhyNotPayable = (typeof NOT_PAYABLE)[number]

export type PayableFacts = {
  account: 'active' | 'suspended'
  /** Where the bill stands for who asks; anything but due and paying is over. */
  standing: 'due' | 'paying' | 'unposted' | 'posted' | 'rejected' | 'paid-elsewhere' | 'void'
  /** The biller's. */
  closedWindows: readonly ClosedWindow[]
  now: Instant
  amountDue: Fen
  /** What the phone showed; absent before it showed anything. */
  amountSeen?: number
}

/** The first reason that holds for one bill, in the order of NOT_PAYABLE; undefined when it can be paid. */
export function whyNotPayable(facts: PayableFacts): WhyNotPayable | undefined {
  if (facts.account === 'suspended') return 'suspended'
  if (facts.standing !== 'due') return facts.standing === 'paying' ? 'being-paid' : 'already-paid'
  if (expiryFor(facts.closedWindows, facts.now) === null) return 'closed-window'
  const { amountSeen = facts.amountDue } = facts
  return amountSeen === facts.amountDue ? undefined : 'amount-changed'
}

/**
 * What is said of several bills that cannot be paid: the weightiest reason among all of them,
 * whichever bill it belongs to; of equals the first. Undefined when there is none.
 */
export function firstRefusal<Refused extends { reason: WhyNotPayable }>(
  refusals: readonly Refused[],
): Refused | undefined {
  const rank = ({ reason }: Refused) => NOT_PAYABLE.indexOf(reason)
  return [...refusals].sort((a, b) => rank(a) - rank(b))[0]
}
