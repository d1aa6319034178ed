import fc from 'fast-check'
import {
  fen,
  formatUnitPrice,
  formatYuan,
  lineAmount,
  parseYuan,
  roundedShare,
  subtractFen,
  sumFen,
} from '../../src/core/money'
import { formatQuantity, quantity } from '../../src/core/quantity'

const amounts = fc.integer({ min: -1e12, max: 1e12 }).map(fen)

it.each([
  [0, '0.00'],
  [7, '0.07'],
  [-7, '-0.07'],
  [100, '1.00'],
  [99_999, '999.99'],
  [100_000, '1,000.00'],
  [123_456_789, '1,234,567.89'],
])('%i fen are %s yuan', (value, text) => {
  expect(formatYuan(fen(value))).toBe(text)
})

it('reads back what it writes', () => {
  fc.assert(
    fc.property(amounts, (amount) => parseYuan(formatYuan(amount).replaceAll(',', '')) === amount),
  )
})

it.each(['', ' 1', '1.', '.5', '1.234', '1e3', '１', '1,000', '--1', '0x10', '1234567890123'])(
  'refuses %j as yuan',
  (text) => {
    expect(parseYuan(text)).toBeNull()
  },
)

it.each([
  ['+1.5', 150],
  ['-0', 0],
  ['12', 1200],
  ['0.05', 5],
])('reads %s as %i fen', (text, value) => {
  expect(parseYuan(text)).toBe(value)
})

it('rounds a line half-up once', () => {
  expect(lineAmount(quantity(7500), 6170)).toBe(4628)
  expect(lineAmount(quantity(1), 5000)).toBe(1)
  expect(lineAmount(quantity(1), 4999)).toBe(0)
  expect(roundedShare(-15, 1, 10)).toBe(-2)
})

it('holds a product beyond safe integers exactly', () => {
  expect(roundedShare(9_000_000_000_001, 9_999, 9_999)).toBe(9_000_000_000_001)
})

it('refuses what cannot be computed exactly', () => {
  const large = Number.MAX_SAFE_INTEGER
  expect(() => roundedShare(large, large, 10_000)).toThrow(
    `${large} × ${large} is beyond exact numbers`,
  )
})

it('is whole fen only', () => {
  expect(() => fen(0.5)).toThrow('whole fen')
  expect(() => sumFen([fen(Number.MAX_SAFE_INTEGER), fen(1)])).toThrow('whole fen')
  expect(subtractFen(fen(5), fen(7))).toBe(-2)
  expect(Object.is(fen(-0), 0)).toBe(true)
})

it('writes unit prices and quantities without useless zeros', () => {
  expect([34500, 4883, 30000, 5900, 30500, 30010, 0, -34500].map(formatUnitPrice)).toEqual([
    '3.45',
    '0.4883',
    '3.00',
    '0.59',
    '3.05',
    '3.001',
    '0.00',
    '-3.45',
  ])
  expect([0, 7, 2250, 32000, -50].map((value) => formatQuantity(quantity(value)))).toEqual([
    '0',
    '0.07',
    '22.5',
    '320',
    '-0.5',
  ])
  expect(() => quantity(1.5)).toThrow('whole hundredths')
})
