import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { fen } from '../../../src/core/money'
import Pay from '../../../src/miniapp/packages/pay/pay'
import { aQuote, aQuoteItem } from '../../support/payment-replies'
import { phone, resetPhone } from '../../support/taro-double'

const BILLS = 'account-1~bill-1'

describe('the pay page', () => {
  beforeEach(() => {
    resetPhone()
    phone.params = { bills: BILLS }
  })

  it('says whom one pays, for what, how much, and until when it is held', async () => {
    phone.answer = () => ({ ok: true, reply: aQuote() })
    render(<Pay />)
    await screen.findByText('京华供电有限公司')
    expect(screen.getByText('付给 1 家公司')).toBeTruthy()
    expect(screen.getByText(/4410 2093 3317/)).toBeTruthy()
    expect(screen.getByText('王** · 朝阳区望京街…')).toBeTruthy()
    expect(screen.getByText(/留到 14:32/)).toBeTruthy()
    expect(screen.getByRole('button', { name: '支付 245.65 元' })).toBeTruthy()
  })

  it('warns at the first payment to an account, beside what it warns of', async () => {
    const items = [aQuoteItem({ firstPayment: true })]
    phone.answer = () => ({
      ok: true,
      reply: aQuote({ payments: [{ items, total: fen(24_565) }] }),
    })
    render(<Pay />)
    expect(await screen.findByText('第一次给这个户号付款。')).toBeTruthy()
  })

  it('asks for consent before it sends anything, and sends nothing when that is declined', async () => {
    phone.answer = () => ({ ok: true, reply: aQuote() })
    render(<Pay />)
    fireEvent.click(await screen.findByRole('button', { name: '支付 245.65 元' }))
    fireEvent.click(await screen.findByRole('button', { name: '先不同意' }))
    await waitFor(() => expect(screen.queryByText('用之前，请看一眼')).toBeNull())
    expect(phone.events.map((event) => event.call)).not.toContain('start-payment')
  })

  it('leaves out what a relative is paying, and says who', async () => {
    const left = [
      {
        accountId: 'a',
        billId: 'b',
        billerName: { zh: '申江水务', en: 'Shenjiang Water' },
        label: '水',
        household: '我家',
        total: fen(7_590),
        reason: 'being-paid' as const,
        payer: '姐姐',
        until: Date.parse('2026-11-16T14:32:00+08:00'),
      },
    ]
    phone.answer = () => ({ ok: true, reply: aQuote({ left }) })
    render(<Pay />)
    expect(await screen.findByText(/姐姐 正在支付/)).toBeTruthy()
    expect(screen.getByText('不算在合计里')).toBeTruthy()
  })

  it('offers nothing to pay without network', async () => {
    phone.answer = () => {
      throw { errMsg: 'request:fail' }
    }
    render(<Pay />)
    expect(await screen.findByText(/没有网络/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: /支付/ })).toBeNull()
  })

  it('has nothing to show for an address without bills', () => {
    phone.params = {}
    render(<Pay />)
    expect(screen.getByText('没有要付的账单。')).toBeTruthy()
  })
})
