import { GAUGE_LIMITS_MS, type Gauge, isOverLimit } from '../../src/core/gauges'

const HOUR_MS = 3_600_000
const NOW = Date.parse('2026-11-16T06:19:02Z')

describe('what watches the money', () => {
  it.each<[Gauge, number]>([
    ['unsettled', 3],
    ['unposted', 24],
    ['refund', 120],
    ['person-task', 24],
    ['difference', 72],
    ['daily-file', 24],
    ['dispute', 0],
    ['ledger-flaw', 0],
  ])('%s rings once its oldest is %i hours old', (gauge, hours) => {
    const ringsAt = (since: number | null) => isOverLimit({ gauge, open: 1, since }, NOW)
    expect(GAUGE_LIMITS_MS[gauge]).toBe(hours * HOUR_MS)
    expect(ringsAt(NOW - hours * HOUR_MS)).toBe(true)
    expect(ringsAt(NOW - hours * HOUR_MS - 1)).toBe(true)
    expect(ringsAt(NOW - hours * HOUR_MS + 1)).toBe(false)
    expect(ringsAt(null)).toBe(false)
  })
})
