import type { StoredBill } from '../../../src/cloud/postgres/bills'
import type { OrderMismatch } from '../../../src/cloud/postgres/differences'
import type { PaymentDossier } from '../../../src/cloud/postgres/payment-dossiers'
import type { StoredRefund } from '../../../src/cloud/postgres/refunds'
import { refundDifference, tradeDifference } from '../../../src/cloud/use-cases/order-differences'
import type { OurSide } from '../../../src/cloud/use-cases/our-side'

const DAY = { ownerId: '1900000301', day: '2026-11-16' }
const NOON = '2026-11-16T12:00:00+08:00'
const LATE = '2026-11-16T23:30:00+08:00'
const [PAYMENT, OTHER] = ['payment', 'another payment']
const [ORDER, REFUND] = ['order-1', 'refund-1']

type Order = { amountFen: number; transactionId: string | null; paidAt: number | null }
type Item = { accountId: string; billId: string }

/** Our books, as far as they are asked. */
function books(own: {
  state?: string
  orders?: ({ orderNumber: string } & Partial<Order>)[]
  items?: Item[]
  payers?: Record<string, string | null>
  refunds?: { refundNumber: string; sentAt: number | null; amountFen?: number }[]
}): OurSide {
  const dossier = {
    payment: { paymentId: PAYMENT, state: own.state },
    orders: own.orders ?? [],
    items: own.items ?? [],
  } as unknown as PaymentDossier
  return {
    dossierOf: (paymentId) =>
      paymentId === PAYMENT && own.state !== undefined ? dossier : undefined,
    billOf: ({ billId }) => {
      const creditedPaymentId = own.payers?.[billId]
      return creditedPaymentId === undefined ? undefined : ({ creditedPaymentId } as StoredBill)
    },
    refundsOf: (paymentId) =>
      paymentId === PAYMENT ? ((own.refunds ?? []) as unknown as StoredRefund[]) : [],
    wasPostedAgain: () => false,
  }
}

const trade = (one: Partial<OrderMismatch>, own: Parameters<typeof books>[0] = {}) => {
  const mismatch = {
    paymentId: PAYMENT,
    orderNumber: ORDER,
    side: 'wallet',
    wallet: null,
    ours: null,
    ...one,
  } as OrderMismatch
  return tradeDifference(DAY, mismatch, books(own))
}
const reasonOf = (...given: Parameters<typeof trade>) => {
  const { reason, action } = trade(...given)
  return `${reason}: ${action}`
}

describe('an order on which WeChat’s file and our books do not agree', () => {
  const wallet = { amount_fen: 100, transaction_id: 't-1', settled_fen: 100 }
  const ours = { amount_fen: 100, transaction_id: 't-1', payer_fen: 90, paid_at: NOON }
  const paid = {
    state: 'paid',
    orders: [
      { orderNumber: 'order-0', paidAt: null },
      { orderNumber: ORDER, amountFen: 100, transactionId: 't-1', paidAt: Date.parse(NOON) },
    ],
  }

  it('is noted with what both sides say, under the day, the order and the reason', () => {
    const items = [{ accountId: 'a', billId: 'b-1' }]
    expect(trade({ wallet }, { ...paid, state: 'awaiting', items })).toEqual({
      paymentId: PAYMENT,
      differenceId: `trade:2026-11-16:${ORDER}:wallet-only`,
      ownerId: '1900000301',
      source: 'trade',
      day: '2026-11-16',
      reason: 'wallet-only',
      action: 'ask',
      facts: {
        about: ORDER,
        side: 'wallet',
        wallet,
        ours: null,
        own: { payment: 'awaiting', paidByOthers: false },
      },
    })
    expect(trade({ side: 'ours', ours }, paid).facts).toEqual({
      about: ORDER,
      side: 'ours',
      wallet: null,
      ours,
      own: {},
    })
  })

  it('is of the wallet alone where it is listed twice, or we have it unpaid or not at all', () => {
    expect(reasonOf({ side: 'twice' }, paid)).toBe('wallet-only: person')
    expect(reasonOf({ wallet })).toBe('wallet-only: person')
    expect(reasonOf({ wallet, orderNumber: 'order-0' }, paid)).toBe('wallet-only: person')
    expect(reasonOf({ wallet, orderNumber: 'order-9' }, paid)).toBe('wallet-only: person')
    expect(reasonOf({ wallet }, paid)).toBe('wallet-only: person')
  })

  it.each([
    ['the amount', { amount_fen: 101 }, 'amount-differs: person'],
    ['the transaction', { transaction_id: 't-2' }, 'amount-differs: person'],
    ['the fee alone', {}, 'fee-differs: person'],
    ['the fee, of a coupon', { settled_fen: 90 }, 'fee-differs: person'],
    ['less than was paid', { settled_fen: 89 }, 'amount-differs: person'],
    ['more than was asked', { settled_fen: 101 }, 'amount-differs: person'],
  ])('is on both sides and differs in %s', (_, change, reason) => {
    expect(reasonOf({ side: 'both', wallet: { ...wallet, ...change }, ours })).toBe(reason)
  })

  it.each([
    ['amount', { amount_fen: 101 }],
    ['transaction', { transaction_id: 't-2' }],
  ])('that we settled another day with another %s differs in it', (_, change) => {
    expect(reasonOf({ wallet: { ...wallet, ...change } }, paid)).toBe('amount-differs: person')
  })

  it('that we settled round midnight may be on the other day’s file', () => {
    const [, order] = paid.orders
    const late = { state: 'paid', orders: [{ ...order, paidAt: Date.parse(LATE) }] }
    expect(reasonOf({ wallet }, late as typeof paid)).toBe('day-cut: wait')
    expect(reasonOf({ side: 'ours', ours: { ...ours, paid_at: LATE } }, paid)).toBe('day-cut: wait')
    expect(reasonOf({ side: 'ours', ours }, paid)).toBe('ours-only: ask')
  })

  it('goes back where every bill of it was paid by others meanwhile', () => {
    const items = ['b-1', 'b-2'].map((billId) => ({ accountId: 'a', billId }))
    const own = (payers: Record<string, string | null>) =>
      reasonOf({ wallet }, { ...paid, state: 'closed', items, payers })
    expect(own({ 'b-1': OTHER, 'b-2': OTHER })).toBe('wallet-only: refund')
    expect(own({ 'b-1': OTHER, 'b-2': null })).toBe('wallet-only: ask')
    expect(own({ 'b-1': OTHER, 'b-2': PAYMENT })).toBe('wallet-only: ask')
    expect(own({ 'b-1': OTHER })).toBe('wallet-only: ask')
  })
})

describe('a refund on which WeChat’s file and our books do not agree', () => {
  const wallet = { refund_number: REFUND, amount_fen: 100 }
  const ours = { refund_number: REFUND, sent_at: NOON }
  const sent = { refundNumber: REFUND, sentAt: Date.parse(NOON), amountFen: 100 }
  const refund = (one: Partial<OrderMismatch>, own: Parameters<typeof books>[0] = {}) => {
    const mismatch = {
      paymentId: PAYMENT,
      orderNumber: ORDER,
      side: 'wallet',
      wallet: null,
      ours: null,
      ...one,
    } as OrderMismatch
    return refundDifference(DAY, mismatch, books(own))
  }
  const noted = (reason: string, action: string, facts: object) => ({
    paymentId: PAYMENT,
    differenceId: `trade:2026-11-16:${REFUND}:${reason}`,
    ownerId: '1900000301',
    source: 'trade',
    day: '2026-11-16',
    reason,
    action,
    facts: { about: REFUND, wallet: null, ours: null, own: {}, ...facts },
  })

  it('is on both sides with two amounts', () => {
    expect(refund({ side: 'both', wallet, ours })).toEqual(
      noted('amount-differs', 'person', { side: 'both', wallet, ours }),
    )
  })

  it('that only we have is asked about, or waited for round midnight', () => {
    expect(refund({ side: 'ours', ours })).toEqual(
      noted('refund-not-seen', 'ask', { side: 'ours', ours }),
    )
    const late = { ...ours, sent_at: LATE }
    expect(refund({ side: 'ours', ours: late })).toEqual(
      noted('day-cut', 'wait', { side: 'ours', ours: late }),
    )
  })

  it('that we do not know, or have not sent, is asked about where the payment is paid', () => {
    const own = { payment: 'paid' }
    expect(refund({ wallet }, { state: 'paid' })).toEqual(
      noted('refund-unknown', 'ask', { side: 'wallet', wallet, own }),
    )
    const unsent = { ...sent, sentAt: null }
    expect(refund({ wallet }, { state: 'paid', refunds: [unsent] })?.reason).toBe('refund-unknown')
    expect(refund({ wallet })).toEqual(
      noted('refund-unknown', 'person', {
        side: 'wallet',
        wallet,
        own: { payment: undefined },
      }),
    )
  })

  it('that we sent with another amount is a person’s', () => {
    const own = { payment: 'paid' }
    const refunds = [
      { ...sent, refundNumber: 'refund-0' },
      { ...sent, amountFen: 99 },
    ]
    expect(refund({ wallet }, { state: 'paid', refunds })).toEqual(
      noted('amount-differs', 'person', { side: 'wallet', wallet, own }),
    )
  })

  it('that we sent another day is none, and round midnight is waited for', () => {
    expect(refund({ wallet }, { state: 'paid', refunds: [sent] })).toBeUndefined()
    const late = { ...sent, sentAt: Date.parse(LATE) }
    expect(refund({ wallet }, { state: 'paid', refunds: [late] })).toEqual(
      noted('day-cut', 'wait', { side: 'wallet', wallet, own: { payment: 'paid' } }),
    )
  })
})
