import fc from 'fast-check'
import { fen } from '../../src/core/money'
import { quantity } from '../../src/core/quantity'
import type { BillLine } from '../../src/core/tariff/compute-bill'
import { whyChanged } from '../../src/core/why-changed'

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

  const flat = (item: string, units: number, price: number): BillLine => {
    const { tier: _, ...one } = line(1, units, price)
    return { ...one, item }
  }

  test('the same use at the same price has no reason', () => {
    const same = bill(line(1, 240, 4_883))
    expect(whyChanged(same, same)).toEqual({ difference: 0, parts: [] })
  })

  test('other prices alone are one reason', () => {
    expect(whyChanged(bill(line(1, 100, 6_000)), bill(line(1, 100, 5_000)))).toEqual({
      difference: 1_000,
      parts: [{ kind: 'price', amount: 1_000 }],
    })
  })

  test('a large rest beside other reasons is a change of prices, not rounding', () => {
    expect(whyChanged(bill(line(1, 200, 6_000)), bill(line(1, 100, 5_000)))).toEqual({
      difference: 7_000,
      parts: [
        { kind: 'usage', quantity: 10_000, amount: 5_000 },
        { kind: 'price', amount: 2_000 },
      ],
    })
  })

  test.each([
    [3, [{ amount: 5_003 }]],
    [-3, [{ amount: 4_997 }]],
    [4, [{ amount: 5_000 }, { kind: 'price', amount: 4 }]],
  ])('a rest of %i fen beside one reason is told so', (rest, parts) => {
    const now = bill(line(1, 200, 5_000))
    const rounded = { ...now, principalFen: fen(now.principalFen + rest) }
    expect(whyChanged(rounded, bill(line(1, 100, 5_000))).parts).toMatchObject(parts)
  })

  test('rounding goes into the last of several reasons', () => {
    const now = bill(line(1, 240, 4_883), line(2, 50, 5_383))
    const { parts } = whyChanged(
      { ...now, principalFen: fen(now.principalFen + 1) },
      bill(line(1, 240, 4_883)),
    )
    expect(parts).toEqual([
      { kind: 'usage', quantity: 5_000, amount: 2_442 },
      { kind: 'tier', tier: 2, quantity: 5_000, dearerBy: 500, amount: 251 },
    ])
  })

  test('what never steps is a part of every step’s price', () => {
    const now = bill(line(1, 18, 20_700), line(2, 8, 40_700), flat('污水处理费', 26, 13_600))
    const earlier = bill(line(1, 18, 20_700), flat('污水处理费', 18, 13_600))
    now.usage = quantity(2_600)
    earlier.usage = quantity(1_800)
    expect(whyChanged(now, earlier)).toEqual({
      difference: 4_344,
      parts: [
        { kind: 'usage', quantity: 800, amount: 2_744 },
        { kind: 'tier', tier: 2, quantity: 800, dearerBy: 20_000, amount: 1_600 },
      ],
    })
  })

  test('a bill without steps has no dearer step', () => {
    const now = bill(line(1, 10, 30_000))
    const earlier = bill(flat('燃气费', 10, 30_000))
    expect(whyChanged(now, earlier)).toEqual({ difference: 0, parts: [] })
  })

  test('a difference with nothing behind it is one of prices, however small', () => {
    const lines = [flat('燃气费', 10, 30_000)]
    const earlier = bill(...lines)
    const now = { ...earlier, principalFen: fen(earlier.principalFen + 1) }
    expect(whyChanged(now, earlier).parts).toEqual([{ kind: 'price', amount: 1 }])
  })

  test('the price of the valley is no measure for more use', () => {
    const banded = (peak: number, valley: number, tier = 1) => [
      { ...line(tier, peak, 6_000), band: 'peak' as const },
      { ...line(tier, valley, 9_000), band: 'valley' as const },
    ]
    const now = bill(...banded(200, 100))
    const earlier = bill(...banded(100, 100))
    expect(whyChanged(now, earlier).parts).toEqual([
      { kind: 'usage', quantity: 10_000, amount: 6_000 },
    ])
    const stepped = whyChanged(bill(...banded(100, 100), ...banded(10, 10, 2)), earlier)
    expect(stepped.parts.map(({ kind }) => kind)).toEqual(['usage', 'tier', 'price'])
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
