import fc from 'fast-check'
import { expiryFor, isClosedAt } from '../../src/core/closed-window'
import type { ItemState } from '../../src/core/item'
import { instantAt } from '../../src/core/time'
import { decideUndoMinutes, toldFrom, undoUntil } from '../../src/core/undo'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const NOON = instantAt('2026-11-16', '12:00')
const NIGHT = [{ from: '23:30', to: '00:30' }]
const first = { allowed: 10, isFirstPayment: true, closedWindows: [], expiresAt: NOON }

describe('how long a payment can be taken back', () => {
  it('is what its biller allows, for a first payment alone', () => {
    expect(decideUndoMinutes(first)).toBe(10)
    expect(decideUndoMinutes({ ...first, isFirstPayment: false })).toBe(0)
    expect(decideUndoMinutes({ ...first, allowed: undefined })).toBe(0)
  })

  it.each([
    ['23:18', 10],
    ['23:19', 10],
    ['23:20', 0],
    ['23:29', 0],
  ])('an order until %s before a window at 23:30: %i minutes', (clock, minutes) => {
    const expiresAt = instantAt('2026-11-16', clock)
    expect(decideUndoMinutes({ ...first, closedWindows: NIGHT, expiresAt })).toBe(minutes)
  })

  it('never has the biller told while it is closed, whenever in its order’s time it is paid', () => {
    const times = fc.record({
      began: fc.integer({ min: 0, max: DAY_MS }),
      paidAfter: fc.double({ min: 0, max: 1, noNaN: true }),
      allowed: fc.integer({ min: 1, max: 60 }),
    })
    fc.assert(
      fc.property(times, ({ began, paidAfter, allowed }) => {
        const now = NOON + began
        const expiresAt = expiryFor(NIGHT, now)
        if (expiresAt === null) return true
        const minutes = decideUndoMinutes({ ...first, allowed, closedWindows: NIGHT, expiresAt })
        return !isClosedAt(NIGHT, toldFrom(now + (expiresAt - now) * paidAfter, minutes))
      }),
      { numRuns: 500 },
    )
  })
})

describe('an item that can be taken back', () => {
  const item = { state: 'unposted' as ItemState, undoMinutes: 10, undoEndedAt: null }
  const until = NOON + 10 * MINUTE_MS

  it('can be until its time is over', () => {
    expect(undoUntil(item, NOON, NOON)).toBe(until)
    expect(undoUntil(item, NOON, until - 1)).toBe(until)
    expect(undoUntil(item, NOON, until)).toBeUndefined()
  })

  it('cannot be where nothing waits, once it goes to its biller, or in another state', () => {
    expect(undoUntil({ ...item, undoMinutes: 0 }, NOON, NOON)).toBeUndefined()
    expect(undoUntil({ ...item, undoEndedAt: NOON }, NOON, NOON)).toBeUndefined()
    for (const state of ['posting', 'posted', 'rejected', 'undone'] as const)
      expect(undoUntil({ ...item, state }, NOON, NOON)).toBeUndefined()
  })
})
