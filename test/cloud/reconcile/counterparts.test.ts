import { createHash } from 'node:crypto'
import { createCounterparts } from '../../../src/cloud/use-cases/counterparts'

type Line = readonly [number: string, theirs: string, amount: number]
const said = ([number, theirs, amount]: Line) => ({ number, theirs, amount })
const numberOf = (index: number) =>
  createHash('sha256').update(`${index}`).digest('hex').slice(0, 26)
const lineOf = (index: number): Line => [`${numberOf(index)}01`, `T${index}`, index % 977]
const MANY = Array.from({ length: 20_000 }, (_, index) => lineOf(index))
const textOf = (line: Line) => line.join('\t')
const pieceOf = (lines: readonly Line[]) => lines.map((line) => `${textOf(line)}\n`).join('')
const PIECES = [
  pieceOf(MANY.slice(0, 1)),
  pieceOf(MANY.slice(1, 12_000)),
  pieceOf(MANY.slice(12_000)),
]

describe('the lines of a file against ours', () => {
  it('a line meets ours once, again from then on, and nothing where there is none', () => {
    const ours = createCounterparts(PIECES)
    const strangers = MANY.map((_, index) => lineOf(100_000 + index))
    const met = (lines: Line[]) => [...new Set(lines.map((line) => ours.meet(said(line))))]
    expect(met(strangers)).toEqual([undefined])
    expect(met(MANY)).toEqual(['first'])
    expect(met(MANY)).toEqual(['again'])
    expect(met(strangers)).toEqual([undefined])
    expect(ours.unmet(10)).toEqual([])
  })

  it('what no line met is told, as many as are asked for', () => {
    const ours = createCounterparts(PIECES)
    for (const line of MANY.slice(3)) ours.meet(said(line))
    expect(ours.unmet(10).sort()).toEqual(MANY.slice(0, 3).map(textOf).sort())
    expect(ours.unmet(2)).toHaveLength(2)
  })

  it('a line that differs in one letter, or in its amount, is another one', () => {
    const lines: Line[] = [
      ['A01', 'T1', 100],
      ['A02', 'T2', 5],
      ['000', 'T3zz', 7],
    ]
    const ours = createCounterparts([pieceOf(lines)])
    const others: Line[] = [
      ['A01', 'T1', 10],
      ['A01', 'T1', 1000],
      ['A01', 'T1', 101],
      ['A01', 'T', 100],
      ['A01', 'T11', 100],
      ['A01', 'T2', 100],
      ['A0', '1', 100],
      ['A0', 'T1', 100],
      ['A01', '', 1],
      ['', 'T1', 100],
      ['A02', 'T1', 100],
      ['000', 'T3', 7017],
      ['00', '\tT3zz', 7],
    ]
    for (const line of others) expect(ours.meet(said(line))).toBeUndefined()
    expect(ours.meet(said(['A01', 'T1', 100]))).toBe('first')
    expect(ours.unmet(10)).toEqual(['A02\tT2\t5', '000\tT3zz\t7'])
  })

  it('a day without rows of ours has no counterpart for any line', () => {
    const ours = createCounterparts([])
    expect(ours.meet(said(lineOf(1)))).toBeUndefined()
    expect(ours.unmet(10)).toEqual([])
  })
})
