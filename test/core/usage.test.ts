import { formatQuantity, quantity } from '../../src/core/quantity'
import {
  forecastUsage,
  type MonthUse,
  nextReadingOn,
  spikePercent,
  usedInPeriod,
} from '../../src/core/usage'

describe('use over the months', () => {
  const use = (month: string, used: number, usedBefore = 0): MonthUse => ({
    month,
    readOn: `${month}-20`,
    usage: quantity(used * 100),
    usedBefore: quantity(usedBefore * 100),
  })

  test('the next reading is as far off as the last one was, and never in the past', () => {
    const uses = [
      { ...use('2026-10', 28), readOn: '2026-10-20' },
      { ...use('2026-08', 20), readOn: '2026-08-21' },
    ]
    expect(nextReadingOn(uses, '2026-11-16')).toBe('2026-12-19')
    expect(nextReadingOn(uses, '2026-12-19')).toBeUndefined()
    expect(nextReadingOn(uses.slice(1), '2026-11-16')).toBeUndefined()
  })

  test('40 per cent more than a year before is a spike, 39 is not', () => {
    expect(spikePercent([use('2026-10', 28), use('2025-10', 20)])).toBe(40)
    expect(spikePercent([use('2026-10', 139), use('2025-10', 100)])).toBeUndefined()
    expect(spikePercent([use('2026-10', 28)])).toBeUndefined()
    expect(spikePercent([use('2026-10', 28), use('2025-10', 0)])).toBeUndefined()
  })

  test('steps begin anew with the year, or with the month', () => {
    expect(usedInPeriod('year', '2026-11-16', [use('2026-10', 20, 194)])).toBe(21_400)
    expect(usedInPeriod('year', '2027-01-02', [use('2026-12', 20, 194)])).toBe(0)
    expect(usedInPeriod('month', '2026-11-16', [use('2026-10', 20, 194)])).toBe(2_000)
  })

  test('a forecast wants the month of a year before, and moves with the last three', () => {
    const lastYear = ['2025-11', '2025-10', '2025-09', '2025-08'].map((month) => use(month, 20))
    const thisYear = ['2026-10', '2026-09', '2026-08'].map((month) => use(month, 30))
    expect(forecastUsage('2026-11', [...thisYear, ...lastYear])).toBe(3_000)
    expect(forecastUsage('2026-11', thisYear)).toBeUndefined()
    expect(forecastUsage('2026-11', [...thisYear, ...lastYear.slice(1)])).toBeUndefined()
  })

  test('a forecast leaves out months that one of the years does not have', () => {
    const wanted = use('2025-11', 20)
    const grown = [use('2026-10', 30), use('2025-10', 20)]
    expect(forecastUsage('2026-11', [...grown, wanted])).toBe(3_000)
    expect(forecastUsage('2026-11', [...grown, use('2026-09', 90), wanted])).toBe(3_000)
    expect(forecastUsage('2026-11', [...grown, use('2025-08', 90), wanted])).toBe(3_000)
    expect(forecastUsage('2026-11', [use('2026-10', 30), wanted])).toBe(2_000)
    expect(forecastUsage('2026-11', [use('2026-10', 30), use('2025-10', 0), wanted])).toBe(2_000)
  })

  test('without any bill nothing is known', () => {
    expect(usedInPeriod('year', '2026-11-16', [])).toBe(0)
    expect(spikePercent([])).toBeUndefined()
    expect(nextReadingOn([], '2026-11-16')).toBeUndefined()
    expect(forecastUsage('2026-11', [])).toBeUndefined()
  })

  test.each([
    [32_000, '320'],
    [2_250, '22.5'],
    [7, '0.07'],
    [-150, '-1.5'],
  ])('%i hundredths read %s', (hundredths, text) => {
    expect(formatQuantity(quantity(hundredths))).toBe(text)
  })
})
