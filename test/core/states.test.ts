import fc from 'fast-check'
import { canItemFollow, hasReleased, type ItemState, isDueAgain } from '../../src/core/item'
import { couponShares, entriesOf, postMovement, settleMovements } from '../../src/core/ledger'
import { type Fen, fen, sumFen } from '../../src/core/money'
import { canPaymentFollow, decidePayment, type PaymentState } from '../../src/core/payment'
import {
  canRefundFollow,
  type RefundState,
  refundNumberOf,
  refundOfNumber,
} from '../../src/core/refund'

const PAYMENT_STATES: PaymentState[] = ['created', 'awaiting', 'paid', 'closed']
const ITEM_STATES: ItemState[] = ['unposted', 'posting', 'posted', 'rejected', 'undone']
const before = { expiresAt: 1_000, now: 999 }
const at = { expiresAt: 1_000, now: 1_000 }
const after = { expiresAt: 1_000, now: 1_001 }

describe('what WeChat says decides a payment', () => {
  test.each([
    ['awaiting', 'paid', before, 'paid'],
    ['closed', 'paid', after, 'paid'],
    ['awaiting', 'not-paid', before, 'awaiting'],
    ['awaiting', 'not-paid', after, 'awaiting'],
    ['awaiting', 'closed', before, 'closed'],
    ['awaiting', 'revoked', before, 'closed'],
    ['created', 'absent', before, 'created'],
    ['created', 'absent', at, 'created'],
    ['created', 'absent', after, 'closed'],
    ['paid', 'closed', after, 'paid'],
    ['paid', 'absent', after, 'paid'],
  ] as const)('%s and WeChat says %s', (state, fact, when, next) => {
    expect(decidePayment(state, fact, when)).toBe(next)
  })

  test('states never run backwards, except closed to paid', () => {
    const allowed = PAYMENT_STATES.flatMap((from) =>
      PAYMENT_STATES.filter((to) => from !== to && canPaymentFollow(from, to)).map(
        (to) => `${from} → ${to}`,
      ),
    )
    expect(allowed).toEqual([
      'created → awaiting',
      'created → paid',
      'created → closed',
      'awaiting → paid',
      'awaiting → closed',
      'closed → paid',
    ])
  })

  test('whatever WeChat says, the next state may follow', () => {
    const facts = ['not-paid', 'paid', 'closed', 'revoked', 'absent'] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...PAYMENT_STATES),
        fc.constantFrom(...facts),
        fc.boolean(),
        (state, fact, isLate) => {
          const next = decidePayment(state, fact, isLate ? after : before)
          // A created payment that WeChat knows as unpaid is awaiting from then on.
          return canPaymentFollow(state, next)
        },
      ),
    )
  })
})

describe('an item', () => {
  test('is left in posting by the biller’s word alone, and taken back only before it', () => {
    const allowed = ITEM_STATES.flatMap((from) =>
      ITEM_STATES.filter((to) => from !== to && canItemFollow(from, to)).map(
        (to) => `${from} → ${to}`,
      ),
    )
    expect(allowed).toEqual([
      'unposted → posting',
      'unposted → undone',
      'posting → posted',
      'posting → rejected',
    ])
    expect(ITEM_STATES.every((state) => canItemFollow(state, state))).toBe(true)
  })
})

describe('a bill that a payment took', () => {
  type Named = { name: string; state: ItemState; isReversed: boolean; isGivenBack: boolean }
  const KEPT = { isReversed: false, isGivenBack: false }
  const ITEMS: Named[] = [
    ...ITEM_STATES.map((state) => ({ name: state, state, ...KEPT })),
    { name: 'given back', state: 'unposted', ...KEPT, isGivenBack: true },
    { name: 'reversed', state: 'posted', ...KEPT, isReversed: true },
  ]

  test('is let go by a closed order, a refused posting, a reversal, and by what goes back before it, and by nothing else', () => {
    const released = PAYMENT_STATES.flatMap((payment) =>
      ITEMS.filter((item) => hasReleased(payment, item)).map(({ name }) => `${payment}, ${name}`),
    )
    expect(released).toEqual([
      'paid, rejected',
      'paid, undone',
      'paid, given back',
      'paid, reversed',
      'closed, unposted',
      'closed, posting',
      'closed, posted',
      'closed, rejected',
      'closed, undone',
      'closed, given back',
      'closed, reversed',
    ])
  })

  test('is due again as it is once it went back before its posting, and as a new revision once it was refused or reversed', () => {
    const again = ITEMS.flatMap((item) =>
      [3, 4]
        .filter((billRevision) => isDueAgain({ ...item, revision: 3 }, billRevision))
        .map((revision) => `${item.name}, ${revision}`),
    )
    expect(again).toEqual([
      'rejected, 4',
      ...['undone, 3', 'undone, 4', 'given back, 3', 'given back, 4'],
      'reversed, 4',
    ])
  })
})

describe('a refund', () => {
  test('never runs backwards; what WeChat could not place may still arrive', () => {
    const states: RefundState[] = [
      'requested',
      'approved',
      'sent',
      'done',
      'closed',
      'abnormal',
      'declined',
    ]
    const allowed = states.flatMap((from) =>
      states
        .filter((to) => from !== to && canRefundFollow(from, to))
        .map((to) => `${from} → ${to}`),
    )
    expect(allowed).toEqual([
      'requested → approved',
      'requested → declined',
      'approved → sent',
      'approved → done',
      'approved → closed',
      'approved → abnormal',
      'approved → declined',
      'sent → done',
      'sent → closed',
      'sent → abnormal',
      'abnormal → done',
      'abnormal → closed',
    ])
    expect(states.every((state) => canRefundFollow(state, state))).toBe(true)
  })

  test('is named by a number that leads back to it', () => {
    const refund = { paymentId: '0123456789ABCDEFGHJKMNPQRS', refundNo: 12 }
    expect(refundNumberOf(refund)).toBe('0123456789ABCDEFGHJKMNPQRSR012')
    expect(refundOfNumber(refundNumberOf(refund))).toEqual(refund)
  })

  test.each([
    'somebody-elses',
    'X0123456789ABCDEFGHJKMNPQRSR012',
    '0123456789ABCDEFGHJKMNPQRSR0123',
  ])('%s is no number of ours', (number) => {
    expect(refundOfNumber(number)).toBeNull()
  })
})

describe('double entry', () => {
  const amounts = fc.integer({ min: 1, max: 10_000_000 })

  test('the entries of every movement sum to zero', () => {
    fc.assert(
      fc.property(amounts, fc.nat(), (amount, some) => {
        const item = { billerId: 'b', amount: fen(amount), coupon: fen(some % (amount + 1)) }
        const movements = [...settleMovements(item), postMovement(item)]
        return movements.every((one) => sumFen(entriesOf(one).map((entry) => entry.amount)) === 0)
      }),
    )
  })

  test('what settles an item is its amount, coupon or not', () => {
    fc.assert(
      fc.property(amounts, fc.nat(), (amount, some) => {
        const coupon = fen(some % (amount + 1))
        const movements = settleMovements({ billerId: 'b', amount: fen(amount), coupon })
        return sumFen(movements.map((one) => one.amount)) === amount
      }),
    )
  })

  test('an order’s coupon is spread over its items: none gets more than it costs, nothing is left', () => {
    expect(couponShares([fen(300), fen(200), fen(100)], fen(450))).toEqual([300, 150, 0])
    const items = fc.array(amounts, { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(items, fc.nat(), (list, some) => {
        const coupon = some % (list.reduce((sum, one) => sum + one, 0) + 1)
        const shares = couponShares(list.map(fen), fen(coupon))
        return (
          shares.every((share, index) => share >= 0 && share <= (list[index] ?? 0)) &&
          shares.reduce((sum, one) => sum + one, 0) === coupon
        )
      }),
    )
    expect(() => couponShares([fen(1), fen(2)], fen(4))).toThrow('law 4: coupon 4 of 1 + 2')
  })

  test.each([101, -1])('a coupon of %i fen for an item of 100 breaks a law', (coupon) => {
    const item = { billerId: 'b', amount: fen(100), coupon: coupon as Fen }
    expect(() => settleMovements(item)).toThrow(`law 4: coupon ${coupon} of 100`)
  })

  const cash = { kind: 'settle', billerId: 'b', debit: 'wallet', credit: 'unposted' }
  const promotion = { kind: 'settle-coupon', billerId: 'b', debit: 'promotion', credit: 'unposted' }
  test.each([
    [0, [{ ...cash, amount: 100 }]],
    [
      30,
      [
        { ...cash, amount: 70 },
        { ...promotion, amount: 30 },
      ],
    ],
    [100, [{ ...promotion, amount: 100 }]],
  ])('settling 100 fen with a coupon of %i moves wallet and promotion', (coupon, movements) => {
    expect(settleMovements({ billerId: 'b', amount: fen(100), coupon: fen(coupon) })).toEqual(
      movements,
    )
  })

  test('posting moves from what is unposted to what is posted, in two entries', () => {
    const movement = postMovement({ billerId: 'b', amount: fen(100) })
    expect(movement).toEqual({
      kind: 'post',
      billerId: 'b',
      debit: 'unposted',
      credit: 'posted',
      amount: 100,
    })
    expect(entriesOf(movement)).toEqual([
      { billerId: 'b', account: 'unposted', amount: 100 },
      { billerId: 'b', account: 'posted', amount: -100 },
    ])
  })
})
