import Taro from '@tarojs/taro'
import { isPaymentId } from '../../../src/core/payment-id'
import { askPayment } from '../../../src/miniapp/client/payment/ask-payment'
import { payBills } from '../../../src/miniapp/client/payment/pay-bills'
import { readBills, resultUrl } from '../../../src/miniapp/client/payment/pay-url'
import { resumePayment } from '../../../src/miniapp/client/payment/resume-payment'
import { unfinishedPayments } from '../../../src/miniapp/client/payment/unfinished-payments'
import { findPaymentToLookAt } from '../../../src/miniapp/client/payment/use-payment-to-look-at'
import { aPayment, PAYMENT_ID, SHEET } from '../../support/payment-replies'
import { phone, resetPhone } from '../../support/taro-double'

const BILLS = [
  { accountId: 'a1', billId: 'b1', amountSeen: 7590 },
  { accountId: 'a2', billId: 'b2', amountSeen: 4100 },
]
type Sent = { call: string; request: { paymentId: string; items: unknown; returned?: boolean } }

const started = (state: string, pay?: typeof SHEET) => ({
  ok: true,
  reply: { paymentId: 'P', state, amount: 11690, expiresAt: 1, ...(pay && { pay }) },
})
const sent = () => phone.events as Sent[]
const storedIds = () => unfinishedPayments().map(({ paymentId }) => paymentId)
const noNetwork = () => {
  throw { errMsg: 'request:fail' }
}

beforeEach(resetPhone)
afterEach(() => jest.restoreAllMocks())

describe('paying bills', () => {
  it('writes the id with its items down before anything is sent', async () => {
    let storedWhenSent: string[] = []
    phone.answer = () => {
      storedWhenSent = storedIds()
      return started('awaiting', SHEET)
    }
    const outcome = await payBills(BILLS)
    const id = sent()[0]?.request.paymentId ?? ''
    expect(isPaymentId(id)).toBe(true)
    expect(storedWhenSent).toEqual([id])
    expect(unfinishedPayments()[0]?.items).toEqual(BILLS)
    expect(sent()[0]?.request.items).toEqual(BILLS)
    expect(outcome).toEqual({ kind: 'look', paymentId: id, sheet: 'ok' })
    expect(phone.sheetsOpened).toEqual([SHEET])
  })

  it('does not take the word of the sheet: the id stays until the server has spoken', async () => {
    phone.answer = () => started('awaiting', SHEET)
    await payBills(BILLS)
    expect(storedIds()).toHaveLength(1)
  })

  it('resumes the same payment after cancelling, the bills in any order', async () => {
    phone.answer = () => started('awaiting', SHEET)
    phone.sheet = 'requestPayment:fail cancel'
    const first = await payBills(BILLS)
    const second = await payBills([...BILLS].reverse())
    expect(first).toMatchObject({ kind: 'look', sheet: 'cancelled' })
    expect(second).toMatchObject({ kind: 'look', paymentId: storedIds()[0] })
    expect(sent()[1]?.request.paymentId).toBe(sent()[0]?.request.paymentId)
  })

  it('resumes under the same id when the answer to the start was lost', async () => {
    phone.answer = noNetwork
    expect(await payBills(BILLS)).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'offline' },
    })
    phone.answer = () => started('awaiting', SHEET)
    await payBills(BILLS)
    expect(sent()[1]?.request.paymentId).toBe(sent()[0]?.request.paymentId)
    expect(phone.sheetsOpened).toHaveLength(1)
  })

  it('opens no sheet after a refusal, and sends the new amount under the same id', async () => {
    phone.answer = () => ({ ok: false, reason: 'amount-changed', details: { amountDue: 7615 } })
    expect(await payBills(BILLS)).toMatchObject({ refusal: { reason: 'amount-changed' } })
    expect(phone.sheetsOpened).toEqual([])
    phone.answer = () => started('awaiting', SHEET)
    await payBills(BILLS.map((bill) => ({ ...bill, amountSeen: bill.amountSeen + 25 })))
    expect(storedIds()).toHaveLength(1)
    expect(unfinishedPayments()[0]?.items[0]?.amountSeen).toBe(7615)
  })

  it('begins anew when the payment it resumed turns out to be closed', async () => {
    phone.answer = () => started('awaiting', SHEET)
    await payBills(BILLS)
    const states = ['closed', 'awaiting']
    phone.answer = () => started(states.shift() ?? 'awaiting', SHEET)
    await payBills(BILLS)
    const [first, again, fresh] = sent().map(({ request }) => request.paymentId)
    expect(again).toBe(first)
    expect(fresh).not.toBe(first)
    expect(storedIds()).toEqual([fresh])
  })

  it('only looks when the payment it resumed was paid already', async () => {
    phone.answer = () => started('paid')
    expect(await payBills(BILLS)).toMatchObject({ kind: 'look', sheet: 'not-opened' })
    expect(phone.sheetsOpened).toEqual([])
    expect(storedIds()).toEqual([])
  })

  it('keeps payments of other bills apart', async () => {
    phone.answer = () => started('awaiting', SHEET)
    await payBills(BILLS)
    await payBills(BILLS.slice(0, 1))
    expect(new Set(storedIds()).size).toBe(2)
  })
})

describe('asking about a payment', () => {
  const begun = async () => {
    phone.answer = () => started('awaiting', SHEET)
    await payBills(BILLS)
    return storedIds()[0] ?? ''
  }

  it.each(['paid', 'closed'] as const)('drops the id once the server says %s', async (state) => {
    const id = await begun()
    phone.answer = () => ({ ok: true, reply: aPayment({ paymentId: id, state }) })
    await askPayment(id, { returned: true })
    expect(sent().at(-1)?.request).toEqual({ paymentId: id, returned: true })
    expect(storedIds()).toEqual([])
  })

  it('keeps the id while it waits, and without network', async () => {
    const id = await begun()
    phone.answer = () => ({ ok: true, reply: aPayment({ state: 'awaiting' }) })
    await askPayment(id)
    phone.answer = noNetwork
    await askPayment(id)
    expect(storedIds()).toEqual([id])
  })

  it('drops an id that the server does not know only when it can no longer arrive', async () => {
    const id = await begun()
    phone.answer = () => ({ ok: false, reason: 'not-found' })
    await askPayment(id)
    expect(storedIds()).toEqual([id])
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_700_000)
    await askPayment(id)
    expect(storedIds()).toEqual([])
  })

  it('finds after a crash the payment that still waits, and tells once that it was paid', async () => {
    const id = await begun()
    phone.answer = () => ({ ok: true, reply: aPayment({ paymentId: id, state: 'awaiting' }) })
    expect(await findPaymentToLookAt()).toEqual({ paymentId: id, amount: 24565, state: 'waiting' })
    phone.answer = () => ({ ok: true, reply: aPayment({ paymentId: id, state: 'paid' }) })
    expect(await findPaymentToLookAt()).toMatchObject({ paymentId: id, state: 'paid' })
    expect(storedIds()).toEqual([])
    expect(await findPaymentToLookAt()).toBeUndefined()
  })

  it('says nothing of a payment that was closed', async () => {
    const id = await begun()
    phone.answer = () => ({ ok: true, reply: aPayment({ paymentId: id, state: 'closed' }) })
    expect(await findPaymentToLookAt()).toBeUndefined()
  })
})

describe('a phone that can keep no id', () => {
  it('sends nothing when its storage is full', async () => {
    jest.spyOn(Taro, 'setStorageSync').mockImplementation(() => {
      throw new Error('setStorageSync:fail exceed max size')
    })
    expect(await payBills(BILLS)).toEqual({ kind: 'not-sent' })
    expect(phone.events).toEqual([])
  })

  it('sends nothing when its generator gives nothing', async () => {
    jest.spyOn(Taro, 'getRandomValues').mockRejectedValue({ errMsg: 'getRandomValues:fail' })
    expect(await payBills(BILLS)).toEqual({ kind: 'not-sent' })
    expect(phone.events).toEqual([])
  })
})

describe('continuing a payment', () => {
  it('has WeChat asked first, then opens the sheet of the same order', async () => {
    phone.answer = () => ({ ok: true, reply: aPayment({ state: 'awaiting' }) })
    expect(await resumePayment(PAYMENT_ID)).toMatchObject({ kind: 'look', sheet: 'ok' })
    expect(sent()).toEqual([
      { call: 'get-payment', request: { paymentId: PAYMENT_ID, returned: true } },
    ])
    expect(phone.sheetsOpened).toEqual([SHEET])
  })

  it('opens no sheet once WeChat has the money', async () => {
    phone.answer = () => ({ ok: true, reply: aPayment({ state: 'paid' }) })
    expect(await resumePayment(PAYMENT_ID)).toMatchObject({ kind: 'look', sheet: 'not-opened' })
    expect(phone.sheetsOpened).toEqual([])
  })

  it('places the order, under the same id, of a payment that never came as far as WeChat', async () => {
    phone.answer = ({ call }) =>
      call === 'get-payment'
        ? { ok: true, reply: aPayment({ state: 'created' }) }
        : started('awaiting', SHEET)
    expect(await resumePayment(PAYMENT_ID)).toMatchObject({ kind: 'look', sheet: 'ok' })
    expect(sent()[1]).toEqual({
      call: 'start-payment',
      request: {
        paymentId: PAYMENT_ID,
        items: [{ accountId: 'account-1', billId: 'bill-1', amountSeen: 24565 }],
      },
    })
    expect(phone.sheetsOpened).toEqual([SHEET])
  })

  it('says try again, with the id of the fault, when the order cannot be placed', async () => {
    phone.answer = ({ call }) =>
      call === 'get-payment'
        ? { ok: true, reply: aPayment({ state: 'created' }) }
        : { ok: false, reason: 'try-again', details: { errorId: 'E7K2-40' } }
    expect(await resumePayment(PAYMENT_ID)).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'try-again', details: { errorId: 'E7K2-40' } },
    })
    expect(phone.sheetsOpened).toEqual([])
  })
})

describe('the addresses of the pay pages', () => {
  it('carry bills there and back', () => {
    const bills = BILLS.map(({ accountId, billId }) => ({ accountId, billId }))
    const further = new URLSearchParams(resultUrl('P1', { further: bills }).split('?')[1])
    expect(readBills(further.get('further') ?? undefined)).toEqual(bills)
    expect(resultUrl('P1', { sheet: 'cancelled' })).toBe(
      '/packages/pay/result/index?paymentId=P1&sheet=cancelled',
    )
  })

  it('leave out what is no pair', () => {
    expect(readBills('a~b,torn,~x,y~,a~b~c')).toEqual([{ accountId: 'a', billId: 'b' }])
    expect(readBills(undefined)).toEqual([])
  })
})
