import { type Quantity, quantity } from '../../../src/core/quantity'
import { computeBill } from '../../../src/core/tariff/compute-bill'
import { spread } from '../../../src/core/tariff/steps'
import type { Tariff } from '../../../src/core/tariff/tariff'
import { tierPosition } from '../../../src/core/tariff/tier-position'
import { publishedTariff } from '../../support/published-tariffs'

const STEPS = [{ upTo: quantity(100) }, { upTo: quantity(300) }, {}]
const WATER = publishedTariff('shanghai-water-2013')

describe('a usage spread over steps', () => {
  test.each<[string, number, number, [number, number][]]>([
    ['up to the end of a step', 0, 100, [[1, 100]]],
    [
      'a hundredth more',
      0,
      101,
      [
        [1, 100],
        [2, 1],
      ],
    ],
    ['from where the one before ended', 100, 200, [[2, 200]]],
    [
      'over all of them',
      50,
      300,
      [
        [1, 50],
        [2, 200],
        [3, 50],
      ],
    ],
    ['in the last one', 400, 5, [[3, 5]]],
    ['none', 50, 0, []],
  ])('%s', (_, before, usage, parts) => {
    const found = spread(STEPS, quantity(before), quantity(usage))
    expect(found.map((part) => [part.step, part.quantity])).toEqual(parts)
  })
})

describe('which steps a bill counts', () => {
  const lines = (tariff: Tariff, use: Omit<Parameters<typeof computeBill>[1], 'readDate'>) =>
    computeBill(tariff, { readDate: '2026-06-30', ...use }).lines
  const steps = (...of: Parameters<typeof lines>) =>
    lines(...of).map((line) => [line.tier, line.quantity])

  test('what was used earlier in the year counts, of an earlier year it does not', () => {
    const use = { usage: quantity(1_000), usedBefore: quantity(21_500) }
    expect(steps(WATER, use)).toEqual([
      [1, 500],
      [2, 500],
    ])
    expect(steps(WATER, { ...use, usedBeforeOn: '2026-01-02' })).toEqual([
      [1, 500],
      [2, 500],
    ])
    expect(steps(WATER, { ...use, usedBeforeOn: '2025-06-30' })).toEqual([[1, 1_000]])
  })

  test('where steps are monthly nothing used before counts', () => {
    const monthly = publishedTariff('beijing-electricity-2012')
    expect(steps(monthly, { usage: quantity(1_000), usedBefore: quantity(23_900) })).toEqual([
      [1, 1_000],
    ])
  })

  test('no use has no lines, not even of what has no steps', () => {
    expect(lines(publishedTariff('components-water'), { usage: quantity(0) })).toEqual([])
  })

  test('a household of many has wider steps by day and by night, too', () => {
    const tariff = {
      ...publishedTariff('time-of-use-electricity'),
      people: { from: 5, raiseEachStepBy: quantity(10_000), perExtraPerson: false },
    }
    const usage = { peak: quantity(320_000), valley: quantity(0) }
    expect(steps(tariff, { usage, people: 5 })).toEqual([[1, 320_000]])
    expect(steps(tariff, { usage, people: 4 })).toEqual([
      [1, 312_000],
      [2, 8_000],
    ])
    expect(steps(tariff, { usage })).toEqual([
      [1, 312_000],
      [2, 8_000],
    ])
  })

  test('a band without use has no line', () => {
    const usage = { peak: quantity(0), valley: quantity(100) }
    const tariff = publishedTariff('time-of-use-electricity')
    expect(lines(tariff, { usage })).toEqual([
      {
        item: '电费',
        tier: 1,
        unit: 'kWh',
        band: 'valley',
        quantity: 100,
        unitPrice: 3_070,
        amount: 31,
      },
    ])
  })
})

describe('where a household stands in its tariff', () => {
  const at = (tariff: Tariff, used: number, people = 3, date = '2026-06-30') =>
    tierPosition(tariff, { used: quantity(used) as Quantity, people, date })

  test('says each step, the one that the next unit falls in, and what is left of it', () => {
    expect(at(WATER, 21_000)).toStrictEqual({
      tiers: [
        { from: 0, to: 22_000, price: 34_500 },
        { from: 22_000, to: 30_000, price: 48_300 },
        { from: 30_000, price: 58_300 },
      ],
      current: 1,
      leftUntilNext: 1_000,
    })
  })

  test.each([
    [21_999, 1, 1],
    [22_000, 2, 8_000],
    [29_999, 2, 1],
    [30_000, 3, undefined],
    [99_999, 3, undefined],
  ])('after %i hundredths it is in step %i with %j left', (used, current, left) => {
    const { current: found, leftUntilNext } = at(WATER, used)
    expect([found, leftUntilNext]).toEqual([current, left])
  })

  test('a household of many has wider steps', () => {
    const gas = publishedTariff('shanghai-gas-2014')
    expect(at(gas, 0, 5).tiers.map(({ to }) => to)).toEqual([46_000, 67_000, undefined])
    expect(at(gas, 0, 4).tiers.map(({ to }) => to)).toEqual([31_000, 52_000, undefined])
  })

  test('the season’s steps count on the day that is asked for', () => {
    const tariff = publishedTariff('seasonal-electricity')
    expect(at(tariff, 0, 3, '2026-06-30').leftUntilNext).toBe(26_000)
    expect(at(tariff, 0, 3, '2026-12-31').leftUntilNext).toBe(20_000)
  })

  test('of peak and valley the peak’s price is shown', () => {
    expect(at(publishedTariff('time-of-use-electricity'), 0)).toStrictEqual({
      tiers: [
        { from: 0, to: 312_000, price: 6_170 },
        { from: 312_000, to: 480_000, price: 6_770 },
        { from: 480_000, price: 9_770 },
      ],
      current: 1,
      leftUntilNext: 312_000,
    })
  })

  test('of several parts the prices are added up', () => {
    const water = publishedTariff('components-water')
    expect(at(water, 0).tiers).toEqual([
      { from: 0, to: 18_000, price: 50_000 },
      { from: 18_000, to: 26_000, price: 70_000 },
      { from: 26_000, price: 90_000 },
    ])
    const flat = { ...water, components: [{ name: '水费', price: 20_700 }] } as Tariff
    expect(at(flat, 500)).toStrictEqual({ tiers: [{ from: 0, price: 20_700 }], current: 1 })
  })
})
