import {
  isFeeOf,
  isNearCut,
  lastClosedDay,
  nextFileAt,
  type OwnState,
  safeAction,
} from '../../src/core/reconciliation'

const at = (text: string) => Date.parse(`${text}+08:00`)

describe('the fee of a line', () => {
  it.each([
    ['the contract’s share', { settled: 24_563, feeMills: 147_378 }, 6_000, true],
    ['rounded to a fen, up', { settled: 24_563, feeMills: 147_878 }, 6_000, true],
    ['rounded to a fen, down', { settled: 24_563, feeMills: 146_878 }, 6_000, true],
    ['more than that', { settled: 24_563, feeMills: 147_879 }, 6_000, false],
    ['less than that', { settled: 24_563, feeMills: 146_877 }, 6_000, false],
    ['any, where no contract is known', { settled: 24_563, feeMills: 147_378 }, null, true],
    ['none, where none is taken', { settled: 24_563, feeMills: 0 }, 0, true],
  ])('%s', (_, line, feePerMillion, is) => {
    expect(isFeeOf(line, feePerMillion)).toBe(is)
  })
})

describe('the safe action for a difference', () => {
  it.each<[string, Parameters<typeof safeAction>, ReturnType<typeof safeAction>]>([
    ['money of an order that is not ours', ['wallet-only', 'trade', {}], 'person'],
    [
      'money of an order that waits',
      ['wallet-only', 'trade', { payment: 'awaiting', paidByOthers: false }],
      'ask',
    ],
    [
      'money of an order that was closed',
      ['wallet-only', 'trade', { payment: 'closed', paidByOthers: false }],
      'ask',
    ],
    [
      'money for bills that others paid',
      ['wallet-only', 'trade', { payment: 'closed', paidByOthers: true }],
      'refund',
    ],
    [
      'money that we settled on a far day',
      ['wallet-only', 'trade', { payment: 'paid', paidByOthers: false }],
      'person',
    ],
    ['money that WeChat’s file lacks', ['ours-only', 'trade', {}], 'ask'],
    ['a credit that the biller’s file lacks', ['ours-only', 'postings', {}], 'post-again'],
    [
      'a credit of an open posting',
      ['biller-only', 'postings', { payment: 'paid', item: 'posting' }],
      'ask',
    ],
    [
      'a credit of an item not told yet',
      ['biller-only', 'postings', { payment: 'paid', item: 'unposted' }],
      'post-again',
    ],
    [
      'a credit of what is given back',
      ['biller-only', 'postings', { payment: 'paid', item: 'unposted', refund: 'sent' }],
      'person',
    ],
    [
      'a credit of what the biller had refused',
      ['biller-only', 'postings', { payment: 'paid', item: 'rejected' }],
      'person',
    ],
    ['a credit of nothing that we know', ['biller-only', 'postings', {}], 'person'],
    ['another day', ['day-cut', 'trade', {}], 'wait'],
    ['a refund that the file lacks', ['refund-not-seen', 'trade', {}], 'ask'],
    ['a refund of ours by hand', ['refund-unknown', 'trade', { payment: 'paid' }], 'ask'],
    [
      'a refund of what is not settled yet',
      ['refund-unknown', 'trade', { payment: 'awaiting' }],
      'ask',
    ],
    ['a refund of a stranger’s order', ['refund-unknown', 'trade', {}], 'person'],
    ['another amount', ['amount-differs', 'trade', { payment: 'paid' }], 'person'],
    ['another fee', ['fee-differs', 'trade', { payment: 'paid' }], 'person'],
  ])('%s', (_, [reason, source, own], action) => {
    expect(safeAction(reason, source, own)).toBe(action)
  })

  it('never tells a biller or WeChat anything new of a payment that was not paid', () => {
    const unpaid: OwnState[] = [{}, { payment: 'created' }, { payment: 'awaiting' }]
    for (const own of unpaid)
      expect(safeAction('biller-only', 'postings', { ...own, item: 'unposted' })).toBe('person')
  })
})

describe('days and their files', () => {
  it.each([
    ['2026-11-24T00:00:00', true],
    ['2026-11-24T01:00:00', true],
    ['2026-11-24T01:00:01', false],
    ['2026-11-24T12:00:00', false],
    ['2026-11-24T22:59:59', false],
    ['2026-11-24T23:00:00', true],
    ['2026-11-25T00:59:59', true],
    ['2026-11-23T23:00:00', true],
    ['2026-11-23T22:59:59', false],
  ])('%s lies near the cut of the 24th: %s', (moment, expected) => {
    expect(isNearCut(at(moment), '2026-11-24')).toBe(expected)
  })

  it.each([
    ['2026-11-25T10:00:00', '2026-11-24'],
    ['2026-11-25T09:59:59', '2026-11-23'],
    ['2026-03-01T10:00:00', '2026-02-28'],
    ['2026-01-01T00:00:00', '2025-12-30'],
  ])('at %s the last day with files is %s', (moment, day) => {
    expect(lastClosedDay(at(moment))).toBe(day)
  })

  it('a file is asked for again after five minutes, then ever later, and hourly in the end', () => {
    const waits = [1, 2, 3, 4, 5, 6, 20].map((tries) => (nextFileAt(0, tries) - 0) / 60_000)
    expect(waits).toEqual([5, 10, 20, 40, 60, 60, 60])
  })
})
