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

it('splits what lies in each step by the period’s peak and valley use, and loses nothing', () => {
  const tariff = publishedTariff('time-of-use-electricity')
  fc.assert(
    fc.property(usages, usages, usages, (peak, valley, before) => {
      const { lines } = computeBill(tariff, {
        usage: { peak: quantity(peak), valley: quantity(valley) },
        usedBefore: quantity(before),
        readDate: '2026-06-30',
      })
      const sum = (band: string) =>
        lines.filter((l) => l.band === band).reduce((s, l) => s + l.quantity, 0)
      expect([sum('peak'), sum('valley')]).toEqual([peak, valley])
    }),
  )
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
