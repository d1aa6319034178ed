import { act, fireEvent, render, screen } from '@testing-library/react'
import { fen } from '../../../src/core/money'
import Result from '../../../src/miniapp/packages/pay/result'
import { aBiller } from '../../support/a-biller'
import { aPayment, aPaymentItem, PAID_AT, PAYMENT_ID, SHEET } from '../../support/payment-replies'
import { phone, resetPhone } from '../../support/taro-double'

type Payment = ReturnType<typeof aPayment>

const sent = () => phone.events as { call: string; request: { returned?: boolean } }[]
const answers = (payment: Payment) => {
  phone.answer = ({ call }) => ({
    ok: true,
    reply: call === 'list-billers' ? { cities: [] } : payment,
  })
}
const fails = () => {
  phone.answer = () => ({ ok: false, reason: 'try-again', details: { errorId: 'E7K2-40' } })
}
const awaiting = () => aPayment({ state: 'awaiting', items: [aPaymentItem({ trail: [] })] })
/** Lets the page's own clock run, and what it asked for arrive. */
const pass = (milliseconds: number) =>
  act(async () => {
    await jest.advanceTimersByTimeAsync(milliseconds)
  })

beforeEach(() => {
  resetPhone()
  phone.params = { paymentId: PAYMENT_ID }
  jest.useFakeTimers({ now: PAID_AT + 60_000 })
})
afterEach(() => {
  jest.useRealTimers()
})

describe('a payment that WeChat has not confirmed', () => {
  it('can be continued after a crash or on another device, once WeChat was asked', async () => {
    answers(awaiting())
    render(<Result />)
    expect(screen.queryByRole('button', { name: /接着付/ })).toBeNull()
    await pass(0)
    expect(sent()[0]).toMatchObject({ call: 'get-payment', request: { returned: true } })
    expect(screen.getByText('正在等微信确认')).toBeTruthy()
    expect(screen.getByRole('note', { name: /微信只收一次，不会付两次/ })).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: '接着付 245.65 元' }))
    await pass(0)
    expect(phone.sheetsOpened).toEqual([SHEET])
    expect(sent().some(({ call }) => call === 'start-payment')).toBe(false)
  })

  it('waits, and offers nothing to pay, after WeChat’s sheet said ok', async () => {
    phone.params = { paymentId: PAYMENT_ID, sheet: 'ok' }
    answers(awaiting())
    render(<Result />)
    await pass(0)
    expect(screen.getByRole('note', { name: /^先不要再付。/ })).toBeTruthy()
    expect(screen.queryByRole('button', { name: /接着付/ })).toBeNull()
    expect(screen.getByRole('button', { name: '现在再问一次' })).toBeTruthy()
  })

  it('says that one left the sheet where that is known', async () => {
    phone.params = { paymentId: PAYMENT_ID, sheet: 'cancelled' }
    answers(awaiting())
    render(<Result />)
    await pass(0)
    expect(screen.getByText('您从微信支付退出来了')).toBeTruthy()
    expect(screen.getByRole('button', { name: '接着付 245.65 元' })).toBeTruthy()
  })

  it('does not offer to continue from what it kept, before WeChat was asked anew', async () => {
    answers(awaiting())
    const { unmount } = render(<Result />)
    await pass(0)
    unmount()
    phone.answer = () => new Promise(() => undefined)
    render(<Result />)
    expect(screen.getByText('正在等微信确认')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /接着付/ })).toBeNull()
  })

  it('opens no sheet when WeChat turns out to have the money', async () => {
    answers(awaiting())
    render(<Result />)
    await pass(0)
    answers(aPayment())
    fireEvent.click(screen.getByRole('button', { name: '接着付 245.65 元' }))
    await pass(0)
    expect(phone.sheetsOpened).toEqual([])
    expect(screen.getByText('缴好了，京华供电已销账')).toBeTruthy()
  })
})

describe('a payment page without an answer', () => {
  it('at its first look says what failed with its id, offers to try again, and leads home', async () => {
    fails()
    render(<Result />)
    await pass(0)
    expect(screen.getByText(/没有回复/)).toBeTruthy()
    expect(document.body.textContent).toContain('E7K2-40')
    expect(screen.getByRole('button', { name: '回首页' })).toBeTruthy()
    answers(aPayment())
    fireEvent.click(screen.getByRole('button', { name: '再试一次' }))
    await pass(0)
    expect(screen.getByText('缴好了，京华供电已销账')).toBeTruthy()
  })

  it('says so above what it knows, with its time and the id of the fault', async () => {
    const posting = aPayment({ items: [aPaymentItem({ state: 'posting' })] })
    answers(posting)
    render(<Result />)
    await pass(0)
    fails()
    await pass(2_000)
    const notice = screen.getByText(/服务器没有回复。下面是 11 月 16 日 14:20 的数据/)
    expect(notice.textContent).toContain('编号 E7K2-40')
    expect(screen.getByText('微信已收款', { selector: '.grow' })).toBeTruthy()
  })
})

describe('a payment whose money comes back', () => {
  const rejected = aPaymentItem({
    state: 'rejected',
    trail: [
      { kind: 'wechat', at: PAID_AT },
      { kind: 'settled', at: PAID_AT + 1_000 },
      { kind: 'rejected', at: PAID_AT + 4_000 },
    ],
  })
  const billers = (payment: Payment) => {
    const jinghua = aBiller({ id: 'jinghua-power', hotline: '010-5550-2001' })
    const yanjing = { id: 'yanjing', names: { zh: '燕京', en: 'Yanjing' }, billers: [jinghua] }
    phone.answer = ({ call }) => ({
      ok: true,
      reply: call === 'list-billers' ? { cities: [yanjing] } : payment,
    })
  }

  it('says that it goes back by itself, by when, and whom to call', async () => {
    billers(aPayment({ items: [rejected] }))
    render(<Result />)
    await pass(0)
    expect(screen.getByText('京华供电没有收这笔', { selector: '.grow' })).toBeTruthy()
    const notice = screen.getByRole('note', { name: /^先不要再付一次。/ })
    expect(notice.textContent).toContain('245.65 元正在原路退回，一般当天到零钱，银行卡 1 到 3 天')
    expect(notice.textContent).toContain('打京华供电 010-5550-2001')
  })

  it('tells the refund’s own facts, and goes on looking until the money arrived', async () => {
    const sent = { kind: 'refund-sent', at: PAID_AT + 9_000 } as const
    const trail = [...rejected.trail, sent]
    billers(aPayment({ items: [{ ...rejected, trail: [...trail, { kind: 'refund-arrived' }] }] }))
    render(<Result />)
    await pass(0)
    expect(screen.getByText('退款已交给微信')).toBeTruthy()
    expect(screen.getByText('等退款到账')).toBeTruthy()
    const arrived = { kind: 'refund-arrived', at: PAID_AT + 20_000, where: '支付用户零钱' } as const
    billers(aPayment({ items: [{ ...rejected, trail: [...trail, arrived] }] }))
    await pass(31_000)
    expect(screen.getByText('已退款 245.65 元')).toBeTruthy()
    expect(screen.getByText('支付用户零钱')).toBeTruthy()
    expect(screen.getByRole('note', { name: /^先不要再付一次。/ }).textContent).toContain('到账')
  })

  it('that was credited tells who asked, the company’s reversal, and the part that comes back', async () => {
    const part = { amount: fen(1_000) }
    const facts = aPaymentItem({
      state: 'posted',
      trail: [
        { kind: 'posted', at: PAID_AT + 3_000 },
        { kind: 'refund-asked', at: PAID_AT + 9_000, ...part },
        { kind: 'reversed', ...part },
      ],
    })
    billers(aPayment({ items: [facts] }))
    render(<Result />)
    await pass(0)
    expect(screen.getByText('已申请退 10.00 元')).toBeTruthy()
    expect(screen.getByText('等京华供电撤销销账')).toBeTruthy()
  })

  it('that the company was never told of goes back, and nobody waits for its credit', async () => {
    const given = aPaymentItem({
      state: 'unposted',
      trail: [
        { kind: 'wechat', at: PAID_AT },
        { kind: 'settled', at: PAID_AT + 1_000 },
        { kind: 'refund-sent', at: PAID_AT + 9_000 },
        { kind: 'refund-arrived' },
      ],
    })
    billers(aPayment({ items: [given] }))
    render(<Result />)
    await pass(0)
    expect(screen.getByText('付给京华供电的这一笔退回', { selector: '.grow' })).toBeTruthy()
    expect(screen.queryByText(/等京华供电销账/)).toBeNull()
  })

  it('says so when a person has to find a way for the money', async () => {
    const failed = [{ kind: 'refund-failed', at: PAID_AT + 20_000 }, { kind: 'person' }] as const
    billers(aPayment({ items: [{ ...rejected, trail: [...rejected.trail, ...failed] }] }))
    render(<Result />)
    await pass(0)
    expect(screen.getByText('微信没能退成')).toBeTruthy()
    expect(screen.getByText('万家的人工在处理')).toBeTruthy()
    expect(screen.queryByText(/正在原路退回/)).toBeNull()
  })

  it('of a bill that somebody had paid before awaits no posting', async () => {
    const duplicate = aPaymentItem({
      state: 'unposted',
      duplicate: true,
      trail: [
        { kind: 'wechat', at: PAID_AT },
        { kind: 'settled', at: PAID_AT + 1_000 },
        { kind: 'duplicate', at: PAID_AT + 2_000 },
        { kind: 'refund-sent' },
      ],
    })
    billers(aPayment({ items: [duplicate] }))
    render(<Result />)
    await pass(0)
    expect(screen.getByText('同一张账单收到了两笔钱')).toBeTruthy()
    expect(screen.getByText('付重了，等退款')).toBeTruthy()
    expect(screen.getByText('这张账单先有人付过了')).toBeTruthy()
    expect(screen.queryByText(/还没回复|等京华供电销账|最晚有结果/)).toBeNull()
  })

  it('goes on looking while another company is still posting', async () => {
    const posting = aPaymentItem({
      itemNo: 2,
      accountId: 'account-2',
      billerId: 'shenjiang-water',
      billerName: { zh: '申江水务', en: 'Shenjiang Water' },
      state: 'posting',
      amount: fen(7_590),
    })
    billers(aPayment({ items: [rejected, posting] }))
    render(<Result />)
    await pass(0)
    billers(aPayment({ items: [rejected, { ...posting, state: 'posted' }] }))
    await pass(2_000)
    expect(screen.getByText('已销账')).toBeTruthy()
    const looks = sent().filter(({ call }) => call === 'get-payment').length
    await pass(60_000)
    expect(sent().filter(({ call }) => call === 'get-payment')).toHaveLength(looks)
  })
})

describe('a paid payment', () => {
  it('shows the dated facts and leads to the receipt', async () => {
    answers(aPayment())
    render(<Result />)
    await pass(0)
    expect(screen.getByText('14:19:02')).toBeTruthy()
    expect(screen.getByText('销账号 JH20261116-88152')).toBeTruthy()
    expect(screen.getByText('等每日对账')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: '看收据' }))
    expect(phone.visited).toEqual([
      'navigateTo /packages/receipt/receipt/index?receipt=WJ26-1116-0472-8815',
    ])
  })

  it('says before anything else not to pay again when the posting is late', async () => {
    const late = aPaymentItem({
      state: 'posting',
      trail: [
        { kind: 'wechat', at: PAID_AT },
        { kind: 'settled', at: PAID_AT + 1_000 },
        { kind: 'posted', expectedBy: PAID_AT + 30_000, late: true },
      ],
    })
    answers(aPayment({ items: [late] }))
    render(<Result />)
    await pass(0)
    expect(screen.getByText('钱已付，京华供电还没销账')).toBeTruthy()
    expect(screen.getByRole('note', { name: /^不要再付一次。/ })).toBeTruthy()
    expect(screen.getByText('明天 10:19 前')).toBeTruthy()
    expect(screen.getByText(/要么京华供电不收，245.65 元原路退回/)).toBeTruthy()
  })

  it('offers the bills again only after WeChat has proved that nothing was paid', async () => {
    answers(aPayment({ state: 'closed', items: [aPaymentItem({ trail: [] })] }))
    render(<Result />)
    await pass(0)
    expect(screen.getByText('没有付成，钱没有动。')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: '再付一次' }))
    expect(phone.visited).toEqual(['redirectTo /packages/pay/pay/index?bills=account-1~bill-1'])
  })
})
