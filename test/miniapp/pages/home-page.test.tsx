import { act, fireEvent, render, screen } from '@testing-library/react'
import type { BillStanding, BoundAccount } from '../../../src/contract/list-accounts'
import { rememberPayment } from '../../../src/miniapp/client/payment/unfinished-payments'
import Home from '../../../src/miniapp/pages/home'
import { aDueBill, anAccount, HELD_UNTIL, MORNING } from '../../support/account-replies'
import { aPayment, PAYMENT_ID } from '../../support/payment-replies'
import { phone, resetPhone, showPage } from '../../support/taro-double'

const answers = (...accounts: BoundAccount[]) => {
  phone.answer = () => ({ ok: true, reply: { asOf: MORNING, accounts } })
}
const withBill = (standing: BillStanding, overrides: Partial<BoundAccount> = {}) =>
  anAccount({ bills: [aDueBill({ standing })], ...overrides })
const sister = { kind: 'paying', mine: false, payer: '姐姐', until: HELD_UNTIL } as const
const mine = { kind: 'paying', mine: true, paymentId: PAYMENT_ID, until: HELD_UNTIL } as const
const rejected = { kind: 'rejected', paidAt: MORNING } as const
const latePosting = (expectedBy: number): BillStanding => ({
  kind: 'unposted',
  paidAt: MORNING,
  expectedBy,
  late: true,
})

/** Shows the page once with these accounts, so that they are kept, and then without a server. */
async function reopenAfter(answer: () => unknown): Promise<void> {
  answers(anAccount())
  const { unmount } = render(<Home />)
  await screen.findByRole('button', { name: '支付 75.90 元' })
  unmount()
  phone.answer = answer
  render(<Home />)
}

beforeEach(() => {
  resetPhone()
  jest.spyOn(Date, 'now').mockReturnValue(MORNING)
})
afterEach(() => jest.restoreAllMocks())

describe('the home page', () => {
  it('shows what is owed in all, and one button that pays exactly that', async () => {
    answers(anAccount())
    render(<Home />)
    expect(await screen.findByRole('button', { name: '支付 75.90 元' })).toBeTruthy()
    expect(screen.getByText('1 笔逾期，最久 12 天')).toBeTruthy()
    expect(screen.getByText('已逾期 12 天')).toBeTruthy()
  })

  it('counts one in English as one', async () => {
    phone.language = 'en'
    answers(anAccount({ bills: [aDueBill({ dueOn: '2026-11-15' })] }))
    render(<Home />)
    expect(await screen.findByText('1 bill due in 1 household')).toBeTruthy()
    expect(screen.getByText('1 overdue, longest 1 day')).toBeTruthy()
    expect(screen.getByText('1 day late')).toBeTruthy()
  })

  it('asks to look for a leak', async () => {
    answers(anAccount({ spikePercent: 64 }))
    render(<Home />)
    expect(await screen.findByText('水比去年同月多用了 64%，看看是不是漏了。')).toBeTruthy()
  })

  it('leads to the bill whose posting is late, and names the hour only while it lies ahead', async () => {
    answers(withBill(latePosting(HELD_UNTIL)))
    const { unmount } = render(<Home />)
    fireEvent.click(await screen.findByRole('button', { name: /不要再付。14:32 前有结果。/ }))
    expect(phone.visited).toEqual(['navigateTo /packages/bill/bill/index?account=a1&bill=2026-10'])
    unmount()
    answers(withBill(latePosting(MORNING - 1)))
    render(<Home />)
    const notice = await screen.findByText(/申江水务还没销账。不要再付。$/)
    expect(notice.textContent).not.toContain('前有结果')
  })

  it('says of a suspended account that it cannot be paid, and leaves it out of the total', async () => {
    answers(anAccount({ suspended: true }))
    render(<Home />)
    expect(await screen.findByText('户号已停用，网上不能缴')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /支付/ })).toBeNull()
  })
})

describe('home without an account yet', () => {
  it('asks for a paper bill, and shows a sample with every figure masked', async () => {
    answers()
    render(<Home />)
    expect(await screen.findByText('先加一个户号')).toBeTruthy()
    expect(screen.getByRole('button', { name: '加户号' })).toBeTruthy()
    const sample = screen.getByRole('img', { name: '一张样例账单，数字都遮住了' })
    expect(sample.textContent).toContain('样例')
    expect(sample.textContent).not.toMatch(/\d/)
  })

  it.each(['扫账单', '户号在哪里'])('leads by “%s” to adding an account', async (link) => {
    answers()
    render(<Home />)
    fireEvent.click(await screen.findByRole('button', { name: link }))
    expect(phone.visited[0]).toMatch(/^navigateTo \/packages\/household\/add\/index/)
  })
})

describe('home when there is nothing to pay', () => {
  it('says so with the likely date of the next bill, the earliest of all, and offers no button', async () => {
    answers(
      anAccount({ bills: [], household: '爸妈家', nextBillOn: '2026-12-02' }),
      anAccount({ accountId: 'a2', bills: [], nextBillOn: '2026-11-28' }),
    )
    render(<Home />)
    expect(await screen.findByText('两家都缴清了')).toBeTruthy()
    expect(screen.getByText('下一张：11 月 28 日左右，我家的水费')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /支付|缴清 / })).toBeNull()
  })

  it('says so without a date where none is known', async () => {
    answers(anAccount({ bills: [] }))
    render(<Home />)
    expect(await screen.findByText('都缴清了')).toBeTruthy()
    expect(screen.getByText('没有要付的账单。')).toBeTruthy()
  })

  it.each([
    ['a relative is paying', withBill(sister), '不含姐姐在付的 75.90'],
    ['the resident’s own payment holds', withBill(mine), '不含您没付完的 75.90'],
    ['the company refused', withBill(rejected), '没收下，等退款'],
  ])('does not call clear what %s', async (_, account, said) => {
    answers(account)
    render(<Home />)
    expect(await screen.findByText(said)).toBeTruthy()
    expect(screen.getAllByText('现在没有要付的').length).toBeGreaterThan(0)
    expect(screen.queryByText(/都缴清了/)).toBeNull()
    expect(screen.queryByText('已缴清')).toBeNull()
  })
})

describe('home while somebody is paying', () => {
  it('leaves out of the total what a relative is paying, and names who', async () => {
    answers(anAccount(), withBill(sister, { accountId: 'a2' }))
    render(<Home />)
    expect(await screen.findByText('不含姐姐在付的 75.90')).toBeTruthy()
    expect(screen.getByText('姐姐 正在支付，14:32 前有效')).toBeTruthy()
    expect(screen.getByRole('button', { name: '支付 75.90 元' })).toBeTruthy()
  })

  it('names nobody where two relatives are paying', async () => {
    answers(withBill(sister), withBill({ ...sister, payer: '妹妹' }, { accountId: 'a2' }))
    render(<Home />)
    expect(await screen.findByText('不含另一位家人在付的 151.80')).toBeTruthy()
  })

  it('leads after a crash to the payment that still waits', async () => {
    rememberPayment({ paymentId: PAYMENT_ID, items: [], startedAt: MORNING })
    phone.answer = ({ call }) =>
      call === 'get-payment'
        ? { ok: true, reply: aPayment({ state: 'awaiting' }) }
        : { ok: true, reply: { asOf: MORNING, accounts: [withBill(mine)] } }
    render(<Home />)
    await act(async () => showPage())
    fireEvent.click(await screen.findByRole('button', { name: /有一笔付款还没确认/ }))
    expect(phone.visited).toEqual([`navigateTo /packages/pay/result/index?paymentId=${PAYMENT_ID}`])
  })

  it('says of a payment that ended unseen that its receipt is ready', async () => {
    rememberPayment({ paymentId: PAYMENT_ID, items: [], startedAt: MORNING })
    phone.answer = ({ call }) =>
      call === 'get-payment'
        ? { ok: true, reply: aPayment() }
        : { ok: true, reply: { asOf: MORNING, accounts: [anAccount({ bills: [] })] } }
    render(<Home />)
    await act(async () => showPage())
    expect(await screen.findByText(/刚才那笔 245.65 元付好了，收据出了/)).toBeTruthy()
  })
})

describe('home from old data', () => {
  it('without network says since when, offers to try again and lets nothing be paid', async () => {
    await reopenAfter(() => {
      throw { errMsg: 'request:fail' }
    })
    expect(
      await screen.findByText('没有网络。下面是 11 月 16 日 9:05 的数据。现在不能付款。'),
    ).toBeTruthy()
    expect(screen.queryByRole('button', { name: '支付 75.90 元' })).toBeNull()
    answers(anAccount())
    fireEvent.click(screen.getByRole('button', { name: '再试一次' }))
    expect(await screen.findByRole('button', { name: '支付 75.90 元' })).toBeTruthy()
  })

  it('after a failure of the server names that failure by its id, and lets nothing be paid', async () => {
    await reopenAfter(() => ({
      ok: false,
      reason: 'try-again',
      details: { errorId: 'E7K2-40' },
    }))
    const notice = await screen.findByText(/服务器没有回复。下面是 11 月 16 日 9:05 的数据/)
    expect(notice.textContent).toContain('现在不能付款')
    expect(notice.textContent).toContain('编号 E7K2-40')
    expect(screen.queryByText(/没有网络/)).toBeNull()
    expect(screen.queryByRole('button', { name: '支付 75.90 元' })).toBeNull()
  })
})
