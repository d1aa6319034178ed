import { createHash } from 'node:crypto'
import {
  createCounterparts,
  postingPrint,
  tradePrint,
} from '../../../src/cloud/use-cases/counterparts'
import { fen } from '../../../src/core/money'

const printOf = (text: string) => createHash('md5').update(text).digest('hex').slice(0, 16)
const MANY = Array.from({ length: 50_000 }, (_, index) => printOf(`row ${index}`))

describe('the lines of a file against our rows', () => {
  it('a line meets its row once, again from then on, and nothing where there is none', () => {
    const rows = createCounterparts(MANY.join(''))
    const strangers = MANY.map((_, index) => printOf(`stranger ${index}`))
    const met = (prints: string[]) => [...new Set(prints.map((print) => rows.meet(print)))]
    expect(met(strangers)).toEqual([undefined])
    expect(met(MANY)).toEqual(['first'])
    expect(met(MANY)).toEqual(['again'])
    expect(met(strangers)).toEqual([undefined])
    expect(rows.unmet(10)).toEqual([])
  })

  it('what no line met is told, as many as are asked for', () => {
    const rows = createCounterparts(MANY.join(''))
    for (const print of MANY.slice(3)) rows.meet(print)
    expect(rows.unmet(10).sort()).toEqual(MANY.slice(0, 3).sort())
    expect(rows.unmet(2)).toHaveLength(2)
  })

  it('prints that begin with naughts stay whole', () => {
    const print = '0000000a0000000b'
    const rows = createCounterparts(print)
    expect(rows.meet('0000000b0000000a')).toBeUndefined()
    expect(rows.unmet(1)).toEqual([print])
    expect(rows.meet(print)).toBe('first')
  })

  it('a day without rows of ours has no counterpart for any line', () => {
    const rows = createCounterparts('')
    expect(rows.meet(printOf('a line'))).toBeUndefined()
    expect(rows.unmet(10)).toEqual([])
  })

  it('another amount, number or transaction makes another print', () => {
    const line = {
      ...{ orderNumber: 'A01', transactionId: '42', refundNumber: '', wechatRefundId: '' },
      ...{ amount: 100, settled: 100, feeMills: 0, at: 0 },
    }
    const prints = [
      line,
      { ...line, amount: 101 },
      { ...line, orderNumber: 'A02' },
      { ...line, transactionId: '43' },
    ].map(tradePrint)
    expect(new Set(prints).size).toBe(4)
    const posting = { postingId: 'A-1', postingNumber: 'N1', amount: fen(100), postedAt: 0 }
    const others = [posting, { ...posting, postingNumber: 'N2' }, { ...posting, amount: fen(101) }]
    expect(new Set(others.map(postingPrint)).size).toBe(3)
    expect(postingPrint(posting)).toBe(printOf('A-1|N1|100'))
  })
})
