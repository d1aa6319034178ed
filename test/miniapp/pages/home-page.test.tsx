import { render, screen } from '@testing-library/react'
import type { BoundAccount } from '../../../src/contract/list-accounts'
import { fen } from '../../../src/core/money'
import Home from '../../../src/miniapp/pages/home'
import { phone, resetPhone } from '../../support/taro-double'

const NOW = Date.parse('2026-11-16T09:05:00+08:00')

function anAccount(overrides: Partial<BoundAccount> = {}): BoundAccount {
  return {
    accountId: 'a1',
    billerId: 'shenjiang-water',
    billerName: { zh: '申江水务', en: 'Shenjiang Water' },
    service: 'water',
    label: '水',
    household: '我家',
    accountNumber: '310407216A',
    holder: '张*',
    address: '浦东新区花木…',
    billing: 'postpaid',
    bills: [
      {
        billId: '2026-10',
        month: '2026-10',
        dueOn: '2026-11-04',
        principal: fen(7_590),
        lateFee: fen(0),
        total: fen(7_590),
        standing: { kind: 'due' },
      },
    ],
    suspended: false,
    ...overrides,
  }
}
const answers = (...accounts: BoundAccount[]) => {
  phone.answer = () => ({ ok: true, reply: { asOf: NOW, accounts } })
}

describe('the home page', () => {
  beforeEach(resetPhone)

  it('shows what is owed in all, and one button that pays exactly that', async () => {
    answers(anAccount())
    render(<Home />)
    expect(await screen.findByRole('button', { name: '支付 75.90 元' })).toBeTruthy()
    expect(screen.getByText('1 笔逾期，最久 12 天')).toBeTruthy()
    expect(screen.getByText('已逾期 12 天')).toBeTruthy()
  })

  it('asks for a paper bill where there is no account yet', async () => {
    answers()
    render(<Home />)
    expect(await screen.findByText('先加一个户号')).toBeTruthy()
    expect(screen.getByRole('button', { name: '加户号' })).toBeTruthy()
  })

  it('says that nothing is due, and offers no button', async () => {
    answers(anAccount({ bills: [] }))
    render(<Home />)
    expect(await screen.findByText('都缴清了')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /支付|缴清 / })).toBeNull()
  })

  it('leaves out of the total what a relative is paying, and names who', async () => {
    const [bill] = anAccount().bills
    if (bill === undefined) throw new Error('the account has a bill')
    const until = Date.parse('2026-11-16T14:32:00+08:00')
    const standing = { kind: 'paying' as const, mine: false, payer: '姐姐', until }
    answers(anAccount(), anAccount({ accountId: 'a2', bills: [{ ...bill, standing }] }))
    render(<Home />)
    expect(await screen.findByText('不含姐姐在付的 75.90')).toBeTruthy()
    expect(screen.getByText('姐姐 正在支付，14:32 前有效')).toBeTruthy()
    expect(screen.getByRole('button', { name: '支付 75.90 元' })).toBeTruthy()
  })

  it('shows the last known data without network, says since when, and lets nothing be paid', async () => {
    answers(anAccount())
    const { unmount } = render(<Home />)
    await screen.findByRole('button', { name: '支付 75.90 元' })
    unmount()
    phone.answer = () => {
      throw { errMsg: 'request:fail' }
    }
    render(<Home />)
    expect(await screen.findByText(/没有网络。下面是/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: '支付 75.90 元' })).toBeNull()
  })

  it('asks to look for a leak', async () => {
    answers(anAccount({ spikePercent: 64 }))
    render(<Home />)
    expect(await screen.findByText('水比去年同月多用了 64%，看看是不是漏了。')).toBeTruthy()
  })
})
