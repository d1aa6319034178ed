import { fireEvent, render, screen } from '@testing-library/react'
import type { ReplyOf } from '../../../src/contract/call'
import type { getBill } from '../../../src/contract/get-bill'
import type { BillStanding } from '../../../src/contract/list-accounts'
import { fen } from '../../../src/core/money'
import Bill from '../../../src/miniapp/packages/bill/bill'
import { aBill, HELD_UNTIL, MORNING } from '../../support/account-replies'
import { PAYMENT_ID } from '../../support/payment-replies'
import { phone, resetPhone } from '../../support/taro-double'

const RESULT = `navigateTo /packages/pay/result/index?paymentId=${PAYMENT_ID}`
const shows = (overrides: Partial<ReplyOf<typeof getBill>> = {}) => {
  phone.answer = () => ({ ok: true, reply: aBill(overrides) })
  return render(<Bill />)
}
const unposted = (late: boolean, expectedBy = HELD_UNTIL): BillStanding => ({
  kind: 'unposted',
  paidAt: MORNING,
  expectedBy,
  late,
})

describe('the bill page', () => {
  beforeEach(() => {
    resetPhone()
    phone.params = { account: 'a1', bill: '2026-10' }
    jest.spyOn(Date, 'now').mockReturnValue(MORNING)
  })
  afterEach(() => jest.restoreAllMocks())

  it('pays what is due, says what it costs tomorrow, and computes the late fee in the open', async () => {
    shows()
    expect(await screen.findByRole('button', { name: '支付 245.65 元' })).toBeTruthy()
    expect(screen.getByText('今天付 245.65，明天付 245.90')).toBeTruthy()
    expect(screen.getByText('242.74 × 每天千分之一 × 12 天')).toBeTruthy()
  })

  it('names the tariff by company and year, never by an id', async () => {
    const { container } = shows()
    expect(await screen.findByText('京华供电的资费，2012 年 7 月起')).toBeTruthy()
    expect(container.textContent).not.toContain('beijing-electricity')
  })

  const labelled: [string, BillStanding, string][] = [
    ['due', { kind: 'due' }, '应缴'],
    ['being paid', { kind: 'paying', mine: false, until: HELD_UNTIL }, '应缴'],
    ['paid and not credited', unposted(false), '已付'],
    ['credited', { kind: 'posted', paidAt: MORNING }, '已付'],
    ['refused by the company', { kind: 'rejected', paidAt: MORNING }, '付过，公司没收下'],
    ['paid elsewhere', { kind: 'paid-elsewhere' }, '账单金额，在别处付了'],
    ['void', { kind: 'void' }, '已作废，不用付'],
  ]
  it.each(labelled)('labels the sum of a bill that is %s by how it stands', async (...row) => {
    const [, standing, label] = row
    shows({ standing })
    expect(await screen.findByText(label)).toBeTruthy()
  })

  it('names no price of tomorrow once the amount is fixed by a payment under way', async () => {
    shows({ standing: { kind: 'paying', mine: false, payer: '姐姐', until: HELD_UNTIL } })
    expect(await screen.findByText('姐姐 正在支付，14:32 前有效')).toBeTruthy()
    expect(screen.queryByText(/明天付/)).toBeNull()
    expect(screen.queryByRole('button', { name: /支付|接着付/ })).toBeNull()
  })

  it('continues the resident’s own payment', async () => {
    const standing = {
      kind: 'paying',
      mine: true,
      paymentId: PAYMENT_ID,
      until: HELD_UNTIL,
    } as const
    shows({ standing, paymentId: PAYMENT_ID })
    fireEvent.click(await screen.findByRole('button', { name: '接着付' }))
    expect(phone.visited).toEqual([RESULT])
  })

  it('says of a late posting: do not pay again, by when, and where the money is', async () => {
    shows({ standing: unposted(true), paymentId: PAYMENT_ID, totalTomorrow: fen(24_565) })
    const notice = await screen.findByRole('button', { name: /^不要再付一次。/ })
    expect(notice.textContent).toContain('最晚 14:32 有结果')
    fireEvent.click(notice)
    fireEvent.click(screen.getByRole('button', { name: '看钱到哪了' }))
    expect(phone.visited).toEqual([RESULT, RESULT])
    expect(screen.queryByRole('button', { name: /^支付/ })).toBeNull()
  })

  it('tells a promised hour that has passed as passed', async () => {
    shows({ standing: unposted(true, MORNING - 3_600_000) })
    expect(await screen.findByText(/本该在 8:05 前给结果，现在还没有/)).toBeTruthy()
  })

  it('tells a relative not to pay again, and leads nowhere that is not theirs', async () => {
    shows({ standing: unposted(true) })
    expect(await screen.findByRole('note', { name: /^不要再付一次。/ })).toBeTruthy()
    expect(screen.queryByRole('button', { name: '看钱到哪了' })).toBeNull()
    expect(screen.queryByRole('button', { name: '看收据' })).toBeNull()
  })

  it('says that what the company refused goes back by itself', async () => {
    shows({ standing: { kind: 'rejected', paidAt: MORNING } })
    const notice = await screen.findByRole('note', { name: /^先不要再付。/ })
    expect(notice.textContent).toContain('京华供电没有收这笔，钱自动原路退回')
  })

  it('offers nothing to pay after a failure of the server, and names it', async () => {
    const { unmount } = shows()
    await screen.findByRole('button', { name: '支付 245.65 元' })
    unmount()
    phone.answer = () => ({ ok: false, reason: 'try-again', details: { errorId: 'E7K2-40' } })
    render(<Bill />)
    expect(await screen.findByText(/服务器没有回复.*现在不能付款.*编号 E7K2-40/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: '支付 245.65 元' })).toBeNull()
  })
})
