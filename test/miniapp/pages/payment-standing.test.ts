import type { PaymentItem } from '../../../src/contract/get-payment'
import {
  byCare,
  itemStanding,
  type PaymentReply,
  paymentStanding,
} from '../../../src/miniapp/packages/pay/result/payment-standing'
import { pollWait } from '../../../src/miniapp/packages/pay/result/poll-wait'
import { aPayment, aPaymentItem } from '../../support/payment-replies'

describe('how the result page speaks of a payment', () => {
  it('says that it waits while WeChat has proved nothing, whatever the sheet said', () => {
    const awaiting = aPayment({ state: 'awaiting' })
    expect(paymentStanding(awaiting, 'ok')).toBe('waiting')
    expect(paymentStanding(awaiting, undefined)).toBe('waiting')
  })

  it('offers to continue after a cancelled sheet only while WeChat would still take it', () => {
    const { pay, ...expired } = aPayment({ state: 'awaiting' })
    expect(pay).toBeDefined()
    expect(paymentStanding(aPayment({ state: 'awaiting' }), 'cancelled')).toBe('open')
    expect(paymentStanding(expired as PaymentReply, 'cancelled')).toBe('waiting')
  })

  it('says "closed" only when the server proved it', () => {
    expect(paymentStanding(aPayment({ state: 'closed' }), 'ok')).toBe('closed')
  })

  it('lets the item that needs most care decide', () => {
    const posted = aPaymentItem({ state: 'posted' })
    const late = aPaymentItem({
      state: 'unposted',
      trail: [{ kind: 'posted', expectedBy: 1, late: true }],
    })
    const paidWith = (...items: PaymentItem[]) => paymentStanding(aPayment({ items }), 'ok')
    expect(paidWith(posted, posted)).toBe('done')
    expect(paidWith(posted, aPaymentItem({ state: 'posting' }))).toBe('posting')
    expect(paidWith(posted, aPaymentItem({ state: 'posting' }), late)).toBe('late')
    expect(paidWith(late, aPaymentItem({ state: 'rejected' }))).toBe('returned')
    expect(byCare([posted, late])[0]).toBe(late)
  })

  it('counts an item paid by somebody else first as money that comes back', () => {
    expect(itemStanding(aPaymentItem({ state: 'posted', duplicate: true }))).toBe('returned')
  })
})

describe('how often the result page looks', () => {
  it('looks every two seconds while fresh, then slower, and ends when all is credited', () => {
    expect(pollWait('waiting', 0)).toBe(2_000)
    expect(pollWait('posting', 61_000)).toBe(5_000)
    expect(pollWait('waiting', 10 * 60_000)).toBe(30_000)
    expect(pollWait('late', 0)).toBe(30_000)
    expect(pollWait('done', 0)).toBeNull()
    expect(pollWait('closed', 0)).toBeNull()
  })
})
