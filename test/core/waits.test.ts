import { nextAskAt, nextPostAt, nextRefundAskAt } from '../../src/core/waits'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const EXPIRY = 15 * MINUTE

describe('when WeChat is asked about a payment that began at 0 and expires after a quarter of an hour', () => {
  test.each([
    ['at its start', 0, 30 * SECOND],
    ['at the first question', 30 * SECOND, 50 * SECOND],
    ['at the eleventh', 690 * SECOND, 820 * SECOND],
    ['at the twelfth', 820 * SECOND, EXPIRY + 5 * SECOND],
    ['at its expiry', EXPIRY, EXPIRY + 5 * SECOND],
    ['right after it', EXPIRY + 5 * SECOND, EXPIRY + 65 * SECOND],
    ['just before two minutes after it', EXPIRY + 2 * MINUTE - 1, EXPIRY + 3 * MINUTE - 1],
    ['from then on', EXPIRY + 2 * MINUTE, EXPIRY + 2 * MINUTE + HOUR],
  ])('%s', (_, now, next) => {
    expect(nextAskAt(0, EXPIRY, now)).toBe(next)
  })

  test('questions that would come at the expiry or later are left out', () => {
    expect(nextAskAt(0, 80 * SECOND, 50 * SECOND)).toBe(85 * SECOND)
    expect(nextAskAt(0, 60 * SECOND, 50 * SECOND)).toBe(65 * SECOND)
  })
})

test.each([
  [0, 2],
  [1, 2],
  [2, 5],
  [3, 15],
  [4, 60],
  [5, 180],
  [6, 600],
  [7, 1_800],
  [8, 3_600],
  [9, 3_600],
])('after %i attempts a posting is tried again in %i seconds', (attempts, seconds) => {
  expect(nextPostAt(7, attempts)).toBe(7 + seconds * SECOND)
})

test.each([
  [0, MINUTE],
  [10 * MINUTE - 1, MINUTE],
  [10 * MINUTE, HOUR],
])('%i ms after a refund was asked for, WeChat is asked again in %i ms', (passed, wait) => {
  expect(nextRefundAskAt(7, 7 + passed)).toBe(7 + passed + wait)
})
