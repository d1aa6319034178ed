import {
  answerDueBy,
  DISPUTE_REASONS,
  type DisputeReason,
  type DisputeState,
} from '../../src/core/dispute'

const DAY_MS = 86_400_000
const NOW = Date.parse('2026-11-16T06:19:02Z')
const MISSING_MONEY: readonly DisputeReason[] = [
  'paid-not-credited',
  'paid-twice',
  'refund-missing',
]

describe('the next answer to what somebody says went wrong', () => {
  const daysFor = (reason: DisputeReason, state: Exclude<DisputeState, 'ended'>) =>
    (answerDueBy(reason, state, NOW) - NOW) / DAY_MS

  it.each(DISPUTE_REASONS)('%s: ours is due on the same day where money is missing', (reason) => {
    expect(daysFor(reason, 'open')).toBe(MISSING_MONEY.includes(reason) ? 1 : 3)
  })

  it.each(DISPUTE_REASONS)('%s: a biller has two days, a resident a week', (reason) => {
    expect(daysFor(reason, 'with-biller')).toBe(2)
    expect(daysFor(reason, 'with-resident')).toBe(7)
  })
})
