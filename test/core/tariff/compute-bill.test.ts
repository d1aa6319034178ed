import fc from 'fast-check'
import { quantity } from '../../../src/core/quantity'
import { computeBill } from '../../../src/core/tariff/compute-bill'
import { type AnyUsage, PUBLISHED, publishedTariff } from '../../support/published-tariffs'

describe('the worked bills come out to the fen', () => {
  it.each(PUBLISHED.workedBills.map((one, index) => [`${index + 1} ${one.tariff}`, one] as const))(
    '%s',
    (_, worked) => {
      const bill = computeBill(publishedTariff(worked.tariff), {
        usage: worked.usage as AnyUsage,
        readDate: worked.readDate ?? '2026-06-30',
        ...(worked.usedBefore === undefined ? {} : { usedBefore: quantity(worked.usedBefore) }),
        // Where the example reads in January, what was used before lies in the old year.
        ...(worked.readDate === undefined ? {} : { usedBeforeOn: '2025-12-15' }),
        ...(worked.people === undefined ? {} : { people: worked.people }),
      })
      expect(bill.totalFen).toBe(worked.fen)
      if (worked.lines !== undefined)
        expect(bill.lines.map((line) => line.amount)).toEqual(worked.lines)
    },
  )
})

const SINGLE = PUBLISHED.tariffs
  .map((one) => one.id)
  .filter((id) => id !== 'time-of-use-electricity')
const usages = fc.integer({ min: 0, max: 1_000_000 })

describe.each(SINGLE)('a bill by %s', (id) => {
  const tariff = publishedTariff(id)
  const total = (usage: number, usedBefore = 0) =>
    computeBill(tariff, {
      usage: quantity(usage),
      usedBefore: quantity(usedBefore),
      readDate: '2026-06-30',
    }).totalFen

  it('never costs less for more', () => {
    fc.assert(fc.property(usages, usages, (a, b) => total(Math.min(a, b)) <= total(Math.max(a, b))))
  })

  it('does not jump at a step: a hundredth more costs its own price and the rounding of the lines', () => {
    fc.assert(fc.property(usages, (usage) => total(usage + 1) - total(usage) <= 12))
  })

  it('is the sum of its lines, and the lines are the whole usage', () => {
    fc.assert(
      fc.property(usages, usages, (usage, before) => {
        const bill = computeBill(tariff, {
          usage: quantity(usage),
          usedBefore: quantity(before),
          readDate: '2026-06-30',
        })
        expect(bill.lines.reduce((sum, line) => sum + line.amount, 0)).toBe(bill.totalFen)
        const stepped = bill.lines.filter((line) => line.tier !== undefined)
        expect(stepped.reduce((sum, line) => sum + line.quantity, 0)).toBe(usage)
      }),
    )
  })

  it('costs the same read in two parts as in one, but for rounding', () => {
    fc.assert(
      fc.property(usages, usages, (first, second) => {
        if (tariff.resets === 'month') return
        expect(
          Math.abs(total(first + second) - total(first) - total(second, first)),
        ).toBeLessThanOrEqual(6)
      }),
    )
  })
})

describe('a bill with peak and valley prices', () => {
  const tariff = publishedTariff('time-of-use-electricity')
  const bill = (peak: number, valley: number, before = 0) =>
    computeBill(tariff, {
      usage: { peak: quantity(peak), valley: quantity(valley) },
      usedBefore: quantity(before),
      readDate: '2026-06-30',
    })
  /** Six lines, each rounded to the fen, and the split of a step rounded to a hundredth. */
  const ROUNDING = 4
  const some = fc.integer({ min: 0, max: 200_000 })
  /** What was used before, close to a step more often than not: 3120 and 4800 kWh. */
  const before = fc.oneof(
    usages,
    fc.integer({ min: 311_000, max: 313_000 }),
    fc.integer({ min: 479_000, max: 481_000 }),
  )

  it('never costs less for more, at peak or in the valley, but for rounding', () => {
    fc.assert(
      fc.property(some, some, some, before, (peak, valley, more, used) => {
        const less = bill(peak, valley, used).totalFen - ROUNDING
        expect(bill(peak + more, valley, used).totalFen).toBeGreaterThanOrEqual(less)
        expect(bill(peak, valley + more, used).totalFen).toBeGreaterThanOrEqual(less)
      }),
    )
  })

  it('does not jump at a step: a hundredth of a kWh more costs a fen at most, and rounding', () => {
    fc.assert(
      fc.property(some, some, before, (peak, valley, used) => {
        const { totalFen } = bill(peak, valley, used)
        for (const more of [bill(peak + 1, valley, used), bill(peak, valley + 1, used)])
          expect(Math.abs(more.totalFen - totalFen)).toBeLessThanOrEqual(1 + ROUNDING)
      }),
    )
  })

  it('costs no more in the valley than at peak', () => {
    fc.assert(
      fc.property(some, before, (usage, used) => {
        expect(bill(0, usage, used).totalFen).toBeLessThanOrEqual(bill(usage, 0, used).totalFen)
      }),
    )
  })

  it('costs the same read in two parts of one mixture as in one, but for rounding', () => {
    fc.assert(
      fc.property(some, some, before, (peak, valley, used) => {
        const whole = bill(2 * peak, 2 * valley, used).totalFen
        const parts = bill(peak, valley, used).totalFen
        const later = bill(peak, valley, used + peak + valley).totalFen
        expect(Math.abs(whole - parts - later)).toBeLessThanOrEqual(2 * ROUNDING)
      }),
    )
  })

  it('splits what lies in each step by the period’s peak and valley use, and loses nothing', () => {
    fc.assert(
      fc.property(usages, usages, usages, (peak, valley, used) => {
        const { lines, totalFen } = bill(peak, valley, used)
        const sum = (band: string) =>
          lines.filter((l) => l.band === band).reduce((s, l) => s + l.quantity, 0)
        expect([sum('peak'), sum('valley')]).toEqual([peak, valley])
        expect(lines.reduce((s, line) => s + line.amount, 0)).toBe(totalFen)
      }),
    )
  })
})

it('refuses a single usage for a tariff with bands, and a month without a season', () => {
  expect(() =>
    computeBill(publishedTariff('time-of-use-electricity'), {
      usage: quantity(1),
      readDate: '2026-01-01',
    }),
  ).toThrow('peak and valley')
  const tariff = publishedTariff('seasonal-electricity')
  const broken = { ...tariff, seasons: [] } as typeof tariff
  expect(() => computeBill(broken, { usage: quantity(1), readDate: '2026-01-01' })).toThrow(
    'no season',
  )
})
