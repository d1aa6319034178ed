import type { Payment, PaymentItem } from '../../../src/cloud/postgres/payments'
import type { StoredRefund } from '../../../src/cloud/postgres/refunds'
import { moneyTrail } from '../../../src/cloud/use-cases/money-trail'
import type { Ports } from '../../../src/cloud/use-cases/ports'
import { fen } from '../../../src/core/money'

const PAYMENT = { paidAt: 1, settledAt: 2 } as Payment
const ITEM = { state: 'posted', postedAt: 3, amountFen: fen(100) } as PaymentItem
const refund = (state: StoredRefund['state'], amount: number, at: number) =>
  ({
    state,
    amountFen: fen(amount),
    rule: 'undo',
    needsReversal: false,
    sentAt: at,
    finishedAt: state === 'sent' ? null : at + 1,
    arrivedIn: null,
  }) as StoredRefund

describe('what an item’s trail says of refunds that WeChat did not make', () => {
  const stepsOf = (...refunds: StoredRefund[]) =>
    moneyTrail({} as Ports, PAYMENT, ITEM, { refunds, matchedAt: 4 })
      .slice(4)
      .map(({ kind, at }) => `${kind} ${at ?? 'awaited'}`)

  it('the day on which it failed, and that a person sees to it', () => {
    for (const state of ['abnormal', 'closed'] as const)
      expect(stepsOf(refund(state, 100, 5))).toEqual([
        'refund-sent 5',
        'refund-failed 6',
        'person awaited',
      ])
  })

  it('no person any more once as much is asked for anew', () => {
    expect(stepsOf(refund('closed', 40, 5), refund('done', 10, 7), refund('sent', 30, 9))).toEqual([
      'refund-sent 5',
      'refund-failed 6',
      'refund-sent 7',
      'refund-arrived 8',
      'refund-sent 9',
      'refund-arrived awaited',
    ])
  })

  it.each([
    ['closed', 39],
    ['abnormal', 40],
  ] as const)('a person still where it is %s and %s are given back beside it', (state, later) => {
    expect(stepsOf(refund(state, 40, 5), refund('done', later, 7))).toContain('person awaited')
  })
})
