import fc from 'fast-check'
import { Cell } from '../../../src/cloud/files/cell'
import { parseYuan } from '../../../src/core/money'

/** A cell in the middle of other things, as in a file. */
function cellOf(text: string): Cell {
  const before = Buffer.from('1,`')
  const cell = new Cell()
  const bytes = Buffer.concat([before, Buffer.from(text), Buffer.from(',`9')])
  cell.move(bytes, before.length, bytes.length - 3)
  return cell
}

describe('a field of a file', () => {
  it('is what stands in it, and neither its beginning nor more', () => {
    const cell = cellOf('SUCCESS')
    expect([cell.text(), cell.length, cell.charCodeAt(1)]).toEqual(['SUCCESS', 7, 85])
    expect(['SUCCESS', 'SUCCES', 'SUCCESS,', 'SUCCESs', ''].map((text) => cell.is(text))).toEqual([
      ...[true, false, false, false, false],
    ])
    expect([cell.has('CC', 2), cell.has('SS', 5), cell.has('SS,', 5), cell.has('C', 0)]).toEqual([
      ...[true, true, false, false],
    ])
    expect(cellOf('').is('')).toBe(true)
  })

  it('is an amount where money says so, and the same one', () => {
    const digits = fc.stringMatching(/^\d{0,13}$/)
    const part = fc.oneof(digits, fc.constantFrom('', '.', '-', '+', ' ', ',', 'e', '٣'))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const text = parts.join('')
        expect(cellOf(text).decimal(12, 2)).toEqual((parseYuan(text) ?? Number.NaN) + 0)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['0.00600', 600],
    ['-1.5', -150_000],
    ['12', 1_200_000],
    ['-0.0', 0],
    ['1.', Number.NaN],
    ['.5', Number.NaN],
    ['', Number.NaN],
    ['1.2.3', Number.NaN],
    ['1.000001', Number.NaN],
    ['1234567890', Number.NaN],
  ])('%s of five decimals is %d', (text, value) => {
    expect(cellOf(text).decimal(9, 5)).toBe(value)
  })

  it('has digits where they stand', () => {
    const cell = cellOf('09:30:05')
    expect([cell.digits(0, 2), cell.digits(3, 2), cell.digits(6, 2)]).toEqual([9, 30, 5])
    expect([cell.digits(1, 2), cell.digits(7, 2), cell.digits(8, 1)]).toEqual(
      Array(3).fill(Number.NaN),
    )
  })
})
