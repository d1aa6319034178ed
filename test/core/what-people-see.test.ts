import fc from 'fast-check'
import { groupDigits, maskAddress, maskName, maskNumber } from '../../src/core/masking'
import { fen } from '../../src/core/money'
import { formatQuantity, quantity } from '../../src/core/quantity'
import type { BillLine } from '../../src/core/tariff/compute-bill'
import {
  forecastUsage,
  type MonthUse,
  nextReadingOn,
  spikePercent,
  usedInPeriod,
} from '../../src/core/usage'
import { whyChanged } from '../../src/core/why-changed'

describe('what others may see', () => {
  test.each([
    ['张晓华', '张**'],
    ['王', '王*'],
    ['', ''],
    ['𠮷田', '𠮷*'],
  ])('the name %s', (name, masked) => expect(maskName(name)).toBe(masked))

  test('a number keeps its last four', () => {
    expect(maskNumber('441020933317')).toBe('********3317')
    expect(maskNumber('317')).toBe('317')
  })

  test('an address keeps its region, never its door', () => {
    expect(maskAddress('朝阳区望京街16号0603室')).toBe('朝阳区望京街…')
    expect(maskAddress('柳镇')).toBe('柳镇…')
  })

  test('a name shows one character whatever its length, an address six at most', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const shown = maskName(text).replaceAll('*', '')
        return Array.from(shown).length <= 1 && Array.from(maskAddress(text)).length <= 7
      }),
    )
  })

  test('digits stand in groups of four and lose nothing', () => {
    expect(groupDigits('310407216A')).toBe('3104 0721 6A')
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,20}$/), (text) => {
        return groupDigits(text).replaceAll(' ', '') === text
      }),
    )
  })
})

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

describe('why a bill changed', () => {
  const line = (tier: number, units: number, price: number): BillLine => ({
    item: '电费',
    tier,
    unit: 'kWh',
    quantity: quantity(units * 100),
    unitPrice: price,
    amount: fen(Math.round((units * price) / 100)),
  })
  const bill = (...lines: BillLine[]) => ({
    lines,
    usage: quantity(lines.reduce((sum, one) => sum + one.quantity, 0)),
    principalFen: fen(lines.reduce((sum, one) => sum + one.amount, 0)),
  })

  test('more use, and what of it fell into a dearer step', () => {
    const now = bill(line(1, 240, 4_883), line(2, 160, 5_383), line(3, 50, 7_883))
    const earlier = bill(line(1, 240, 4_883), line(2, 160, 5_383))
    expect(whyChanged(now, earlier)).toMatchObject({
      difference: 3_942,
      parts: [
        { kind: 'usage', amount: 2_692 },
        { kind: 'tier', tier: 3, amount: 1_250, dearerBy: 2_500 },
      ],
    })
  })

  test('the parts always add up to the difference', () => {
    const units = fc.integer({ min: 0, max: 400 })
    fc.assert(
      fc.property(units, units, units, units, (a, b, c, d) => {
        const now = bill(line(1, a, 4_883), line(2, b, 5_383))
        const earlier = bill(line(1, c, 4_883), line(2, d, 5_383))
        const { difference, parts } = whyChanged(now, earlier)
        return parts.reduce((sum, part) => sum + part.amount, 0) === difference
      }),
    )
  })
})
