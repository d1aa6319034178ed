import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { choose } from '../../../src/miniapp/client/modes/choices'
import Result from '../../../src/miniapp/packages/pay/result'
import Receipt from '../../../src/miniapp/packages/receipt/receipt'
import { aBiller } from '../../support/a-biller'
import { aReceiptReply, cloudAnswers, NUMBER, noNetwork, ok } from '../../support/list-replies'
import { aPayment, aPaymentItem, PAID_AT, PAYMENT_ID } from '../../support/payment-replies'
import { phone, resetPhone } from '../../support/taro-double'

const MINUTE_MS = 60_000
const UNTIL = PAID_AT + 10 * MINUTE_MS
const facts = [
  { kind: 'wechat', at: PAID_AT },
  { kind: 'settled', at: PAID_AT + 1_000 },
] as const
const undoable = aPaymentItem({
  state: 'unposted',
  undoUntil: UNTIL,
  trail: [...facts, { kind: 'posted', expectedBy: UNTIL + 2 * MINUTE_MS }],
})
const undone = (...refund: (typeof undoable)['trail']) =>
  aPaymentItem({
    state: 'undone',
    trail: [...facts, { kind: 'undone', at: PAID_AT + MINUTE_MS }, ...refund],
  })
const JINGHUA = {
  cities: [
    {
      id: 'yanjing',
      names: { zh: '燕京', en: 'Yanjing' },
      billers: [aBiller({ id: 'jinghua-power', hotline: '010-5550-2001' })],
    },
  ],
}

/** The cloud shows the item until the tap, and what it became after it. */
const cloud = (undo: () => unknown, after = undoable) => {
  let shown = undoable
  cloudAnswers({
    'get-payment': () => ok(aPayment({ items: [shown] })),
    'list-billers': () => ok(JINGHUA),
    'undo-item': () => {
      shown = after
      return undo()
    },
  })
}
const opened = async () => {
  render(<Result />)
  await act(async () => undefined)
}
const tap = (name: string) =>
  act(async () => fireEvent.click(screen.getAllByRole('button', { name }).at(-1) as HTMLElement))
const taps = () => phone.events.filter(({ call }) => call === 'undo-item')
const question = () => within(screen.getByRole('dialog'))

beforeEach(() => {
  resetPhone()
  choose({ language: 'zh' })
  phone.params = { paymentId: PAYMENT_ID }
  jest.useFakeTimers({ now: PAID_AT + MINUTE_MS })
})
afterEach(() => jest.useRealTimers())

describe('a payment that can be taken back', () => {
  it('says until when, and what happens after that', async () => {
    cloud(() => ok({ undoneAt: PAID_AT }))
    await opened()
    const notice = screen.getByRole('note', { name: /^14:29 前可以收回。/ })
    expect(notice.textContent).toContain('不收回，到时间交给京华供电销账')
    expect(screen.getByText('已付，可以收回')).toBeTruthy()
    expect(screen.getByText('14:29 以后才交给它，在那之前可以收回。')).toBeTruthy()
    expect(screen.getByText('14:31 前')).toBeTruthy()
  })

  it('asks once before anything happens, and does nothing when that is declined', async () => {
    cloud(() => ok({ undoneAt: PAID_AT }))
    await opened()
    await tap('收回这 245.65 元')
    expect(question().getByText('收回这 245.65 元？')).toBeTruthy()
    expect(question().getByText(/账单变回没付/)).toBeTruthy()
    await tap('不收回')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(taps()).toEqual([])
  })

  it('is taken back by the second tap, and the page tells the refund’s facts', async () => {
    cloud(() => ok({ undoneAt: PAID_AT + MINUTE_MS }), undone({ kind: 'refund-sent' }))
    await opened()
    await tap('收回这 245.65 元')
    await tap('收回')
    expect(taps()).toEqual([{ call: 'undo-item', request: { paymentId: PAYMENT_ID, itemNo: 1 } }])
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByText('京华供电这一笔收回了')).toBeTruthy()
    const notice = screen.getByRole('note', { name: /正在原路退回/ })
    expect(notice.textContent).toContain('账单变回了没付。')
    expect(screen.getByText('您收回了这一笔')).toBeTruthy()
    expect(screen.getByText('等退款交给微信')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^收回/ })).toBeNull()
  })

  it('that came too late says so in plain words and whom to call, and offers no second try', async () => {
    cloud(() => ({ ok: false, reason: 'too-late' }), aPaymentItem())
    await opened()
    await tap('收回这 245.65 元')
    await tap('收回')
    expect(
      question().getByText('来不及收回了，这一笔已经交给京华供电销账。付错了，打 010-5550-2001。'),
    ).toBeTruthy()
    expect(question().queryByRole('button', { name: '收回' })).toBeNull()
    await tap('知道了')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByText('缴好了，京华供电已销账')).toBeTruthy()
  })

  it('can be tried again when no answer came', async () => {
    cloud(noNetwork)
    await opened()
    await tap('收回这 245.65 元')
    await tap('收回')
    expect(question().getByText(/没有网络/)).toBeTruthy()
    await tap('收回')
    expect(taps()).toHaveLength(2)
  })

  it('offers nothing to take back any more once its time is over', async () => {
    cloud(() => ok({ undoneAt: PAID_AT }))
    await opened()
    await act(async () => {
      await jest.advanceTimersByTimeAsync(10 * MINUTE_MS)
    })
    expect(screen.queryByRole('button', { name: /^收回/ })).toBeNull()
    expect(screen.getByText('已付，等销账')).toBeTruthy()
  })

  it('reads whole in English', async () => {
    choose({ language: 'en' })
    cloud(() => ({ ok: false, reason: 'too-late' }))
    await opened()
    expect(screen.getByRole('note', { name: /^You can take it back until 14:29. / })).toBeTruthy()
    await tap('Take back 245.65')
    await tap('Take it back')
    expect(question().getByText(/^Too late to take it back: it is with Jinghua Power/)).toBeTruthy()
  })
})

describe('what was taken back', () => {
  it('tells when the money arrived, and where', async () => {
    const arrived = [
      { kind: 'refund-sent', at: PAID_AT + 2 * MINUTE_MS },
      { kind: 'refund-arrived', at: PAID_AT + 3 * MINUTE_MS, where: '支付用户零钱' },
    ] as const
    cloudAnswers({ 'get-payment': () => ok(aPayment({ items: [undone(...arrived)] })) })
    await opened()
    expect(
      screen.getByRole('note', { name: /已退款 245.65 元，11 月 16 日 14:22 到账。/ }),
    ).toBeTruthy()
    expect(screen.getByText('支付用户零钱')).toBeTruthy()
    expect(screen.getByText('已收回')).toBeTruthy()
  })
})

describe('the receipt of a payment that can be taken back', () => {
  const shows = async (undoUntil: number) => {
    phone.params = { receipt: NUMBER }
    cloudAnswers({ 'get-receipt': () => ok(aReceiptReply({ state: 'unposted', undoUntil })) })
    render(<Receipt />)
    await act(async () => undefined)
  }

  it('says until when, and leads to where that is done', async () => {
    await shows(UNTIL)
    await tap('14:29 前可以收回这一笔。点这里去收回。')
    expect(phone.visited.at(-1)).toMatch(/^navigateTo \/packages\/pay\/result\/index\?paymentId=/)
  })

  it('says nothing of it when the time is over', async () => {
    await shows(PAID_AT)
    expect(screen.queryByText(/可以收回/)).toBeNull()
  })
})
