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
  })

  it('offers to continue after a cancelled sheet only while WeChat would still take it', () => {
    const { pay, ...expired } = aPayment({ state: 'awaiting' })
    expect(pay).toBeDefined()
    expect(paymentStanding(aPayment({ state: 'awaiting' }), 'cancelled')).toBe('open')
    expect(paymentStanding(expired as PaymentReply, 'cancelled')).toBe('waiting')
  })

  it('offers to continue where the sheet is unknown: after a crash and on another device', () => {
    const { pay: _, ...kept } = aPayment({ state: 'awaiting' })
    expect(paymentStanding(aPayment({ state: 'awaiting' }), undefined)).toBe('open')
    expect(paymentStanding(aPayment({ state: 'awaiting' }), 'not-opened')).toBe('open')
    expect(paymentStanding(kept, undefined)).toBe('waiting')
  })

  it('offers to continue what never came as far as WeChat, until it expires', () => {
    const created = aPayment({ state: 'created', expiresAt: Date.now() + 60_000 })
    expect(paymentStanding(created, undefined)).toBe('open')
    expect(paymentStanding({ ...created, expiresAt: Date.now() - 1 }, undefined)).toBe('waiting')
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

  it('speaks of what can be taken back until its time is over, and of what was taken back', () => {
    const waiting = (undoUntil: number) => aPaymentItem({ state: 'unposted', trail: [], undoUntil })
    const undoable = waiting(Date.now() + 60_000)
    const over = waiting(Date.now())
    const undone = aPaymentItem({ state: 'undone' })
    expect([undoable, over, undone].map(itemStanding)).toEqual(['undoable', 'posting', 'undone'])
    const paidWith = (...items: PaymentItem[]) => paymentStanding(aPayment({ items }), 'ok')
    expect(paidWith(aPaymentItem(), over, undone, undoable)).toBe('undoable')
    expect(paidWith(aPaymentItem(), over, undone)).toBe('undone')
    expect(paidWith(undoable, aPaymentItem({ state: 'rejected' }))).toBe('returned')
  })

  it('counts an item paid by somebody else first as money that comes back', () => {
    expect(itemStanding(aPaymentItem({ state: 'posted', duplicate: true }))).toBe('returned')
  })
})

describe('how often the result page looks', () => {
  const posting = aPaymentItem({ state: 'posting' })
  const late = aPaymentItem({
    state: 'unposted',
    trail: [{ kind: 'posted', expectedBy: 1, late: true }],
  })
  const rejected = aPaymentItem({ state: 'rejected' })
  const paidWith = (...items: PaymentItem[]) => aPayment({ items })

  it('looks every two seconds while fresh, then slower', () => {
    expect(pollWait(undefined, 0)).toBe(2_000)
    expect(pollWait(aPayment({ state: 'awaiting' }), 0)).toBe(2_000)
    expect(pollWait(paidWith(posting), 61_000)).toBe(5_000)
    expect(pollWait(aPayment({ state: 'awaiting' }), 10 * 60_000)).toBe(30_000)
    expect(pollWait(paidWith(late), 0)).toBe(30_000)
  })

  it('looks slowly while nothing happens but the time to take back runs out', () => {
    const undoable = aPaymentItem({ state: 'unposted', undoUntil: Date.now() + 60_000, trail: [] })
    expect(pollWait(paidWith(undoable), 0)).toBe(30_000)
    expect(pollWait(paidWith(undoable, posting), 0)).toBe(2_000)
    const refunding = aPaymentItem({ state: 'undone', trail: [{ kind: 'refund-sent' }] })
    expect(pollWait(paidWith(refunding), 0)).toBe(30_000)
  })

  it('ends when all is credited, refused or closed', () => {
    expect(pollWait(paidWith(aPaymentItem()), 0)).toBeNull()
    expect(pollWait(paidWith(aPaymentItem(), rejected), 0)).toBeNull()
    expect(pollWait(paidWith(aPaymentItem({ state: 'unposted', duplicate: true })), 0)).toBeNull()
    expect(pollWait(aPayment({ state: 'closed' }), 0)).toBeNull()
  })

  it('goes on after a refusal while another company is still posting', () => {
    expect(pollWait(paidWith(rejected, posting), 0)).toBe(2_000)
    expect(pollWait(paidWith(rejected, late), 0)).toBe(30_000)
  })
})
