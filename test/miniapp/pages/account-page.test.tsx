import { fireEvent, render, screen } from '@testing-library/react'
import type { BillStanding, BoundAccount } from '../../../src/contract/list-accounts'
import { quantity } from '../../../src/core/quantity'
import { BILLS_OF_ACCOUNT, takeAskedAccount } from '../../../src/miniapp/client/bills-of-account'
import Account from '../../../src/miniapp/packages/household/account'
import { usageBars } from '../../../src/miniapp/packages/household/account/usage-bars'
import {
  aDueBill,
  anAccount,
  anAccountReply,
  HELD_UNTIL,
  MORNING,
} from '../../support/account-replies'
import { PAYMENT_ID } from '../../support/payment-replies'
import { phone, resetPhone } from '../../support/taro-double'

const shows = (overrides: Partial<BoundAccount> = {}) => {
  phone.answer = () => ({ ok: true, reply: anAccountReply({ account: anAccount(overrides) }) })
  return render(<Account />)
}
const unposted = { kind: 'unposted', paidAt: MORNING, expectedBy: HELD_UNTIL, late: false } as const
const used = (month: string) => ({
  month,
  usage: quantity(1_800),
  estimated: false,
  amount: aDueBill().total,
})

beforeEach(() => {
  resetPhone()
  phone.params = { account: 'a1' }
  jest.spyOn(Date, 'now').mockReturnValue(MORNING)
})
afterEach(() => jest.restoreAllMocks())

describe('the account page', () => {
  it('shows what is owed and pays exactly that', async () => {
    shows({ bills: [aDueBill(), aDueBill({ billId: '2026-09', standing: unposted })] })
    expect(await screen.findByText('10 月账单，应缴')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: '支付 75.90 元' }))
    expect(phone.visited).toEqual(['navigateTo /packages/pay/pay/index?bills=a1~2026-10'])
  })

  const standings: [string, BillStanding, string, string][] = [
    ['is being credited', unposted, '10 月账单，不用再付', '已付，等销账'],
    [
      'the company refused',
      { kind: 'rejected', paidAt: MORNING },
      '10 月账单，先不要再付',
      '没收下，等退款',
    ],
    [
      'a relative is paying',
      { kind: 'paying', mine: false, payer: '姐姐', until: HELD_UNTIL },
      '10 月账单，应缴',
      '姐姐 正在支付，14:32 前有效',
    ],
    [
      'this resident began to pay',
      { kind: 'paying', mine: true, paymentId: PAYMENT_ID, until: HELD_UNTIL },
      '10 月账单，应缴',
      '您有一笔没付完，14:32 前可以接着付',
    ],
  ]
  it.each(standings)('says of a bill that %s what its amount is', async (...row) => {
    const [, standing, amount, tag] = row
    shows({ bills: [aDueBill({ standing })] })
    expect(await screen.findByText(amount)).toBeTruthy()
    expect(screen.getByText(tag)).toBeTruthy()
    expect(screen.queryByRole('button', { name: /支付 75/ })).toBeNull()
  })

  it('says of each bill how it stands where none can be paid', async () => {
    const rejected = { kind: 'rejected', paidAt: MORNING } as const
    shows({
      bills: [
        aDueBill({ billId: '2026-09', month: '2026-09', standing: rejected }),
        aDueBill({ standing: unposted }),
      ],
    })
    expect(await screen.findByText('9 月账单，先不要再付')).toBeTruthy()
    expect(screen.getByText('10 月账单，不用再付')).toBeTruthy()
  })

  it('says when the next bill is likely where nothing is due', async () => {
    shows({ bills: [], nextBillOn: '2026-11-28' })
    expect(await screen.findByText('没有要付的账单')).toBeTruthy()
    expect(screen.getByText('下一张：11 月 28 日左右')).toBeTruthy()
  })

  it('leads to the bills and receipts of this account only', async () => {
    shows()
    fireEvent.click(await screen.findByRole('button', { name: '账单，24 张' }))
    fireEvent.click(screen.getByRole('button', { name: '收据，23 张' }))
    expect(phone.visited).toEqual([
      'switchTab /pages/bills/index',
      'navigateTo /packages/receipt/receipts/index?accountId=a1',
    ])
    expect(phone.storage.get(`wanjia/${BILLS_OF_ACCOUNT}`)).toBe('a1')
    expect(takeAskedAccount()).toBe('a1')
    expect(takeAskedAccount()).toBeUndefined()
  })

  it('keeps nothing of the account on the phone once it is unbound', async () => {
    shows()
    await screen.findByText('10 月账单，应缴')
    expect([...phone.storage.keys()]).toContain('wanjia/kept/get-account/a1')
    phone.answer = () => ({ ok: true, reply: { undoUntil: HELD_UNTIL } })
    fireEvent.click(screen.getByRole('button', { name: '解绑这个户号' }))
    fireEvent.click(await screen.findByRole('button', { name: '解绑' }))
    expect(await screen.findByText('已经解绑。14:32 前可以撤销。')).toBeTruthy()
    expect([...phone.storage.keys()]).not.toContain('wanjia/kept/get-account/a1')
  })

  it('lets nothing be paid from old data', async () => {
    const { unmount } = shows()
    await screen.findByRole('button', { name: '支付 75.90 元' })
    unmount()
    phone.answer = () => ({ ok: false, reason: 'try-again' })
    render(<Account />)
    expect(await screen.findByText(/服务器没有回复.*现在不能付款/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: '支付 75.90 元' })).toBeNull()
  })
})

describe('the months of use', () => {
  it('keep the place of a month without a reading, which has no figure', () => {
    const bars = usageBars(anAccountReply({ usage: [used('2026-07'), used('2026-10')] }))
    expect(bars.map(({ tick, text }) => [tick, text])).toEqual([
      ['7', '18'],
      ['8', ''],
      ['9', ''],
      ['10', '18'],
    ])
  })

  it('are the last twelve with the same month a year before, and what the next may be', () => {
    const forecast = { month: '2026-11', usage: quantity(2_000), amount: aDueBill().total }
    const usage = ['2025-10', '2025-11', '2026-10'].map(used)
    const bars = usageBars(anAccountReply({ usage, forecast }))
    expect(bars.filter((bar) => !bar.isOld)).toHaveLength(13)
    expect(bars.find(({ key }) => key === '2026-10')?.lastYear).toBe(1_800)
    expect(bars.at(-1)).toMatchObject({ key: '2026-11', estimated: true, text: '20' })
  })
})
