import Taro from '@tarojs/taro'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { fen } from '../../../src/core/money'
import Pay from '../../../src/miniapp/packages/pay/pay'
import { aPayment, aQuote, aQuoteItem, PAYMENT_ID } from '../../support/payment-replies'
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
    expect(screen.queryByText(/可以收回/)).toBeNull()
  })

  it('says before the tap for how long a first payment can be taken back', async () => {
    const items = [aQuoteItem({ firstPayment: true, undoMinutes: 10 })]
    phone.answer = () => ({
      ok: true,
      reply: aQuote({ payments: [{ items, total: fen(24_565) }] }),
    })
    render(<Pay />)
    const notice = await screen.findByRole('note', { name: /^第一次给这个户号付款。/ })
    expect(notice.textContent).toContain('付完 10 分钟内可以收回。')
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

  const consentAndPay = async () => {
    fireEvent.click(await screen.findByRole('button', { name: '支付 245.65 元' }))
    fireEvent.click(await screen.findByRole('button', { name: '同意' }))
  }

  it('says a sentence and sends nothing when the phone cannot keep the payment’s id', async () => {
    phone.answer = ({ call }) =>
      call === 'quote-payment' ? { ok: true, reply: aQuote() } : { ok: true, reply: {} }
    render(<Pay />)
    fireEvent.click(await screen.findByRole('button', { name: '支付 245.65 元' }))
    const full = jest.spyOn(Taro, 'setStorageSync').mockImplementation((key: string) => {
      if (key.includes('unfinished-payments')) throw new Error('exceed max size')
    })
    fireEvent.click(await screen.findByRole('button', { name: '同意' }))
    expect(await screen.findByText(/手机记不下这笔付款，所以没有发出去，钱没有动/)).toBeTruthy()
    expect(await screen.findByRole('button', { name: '支付 245.65 元' })).toBeTruthy()
    expect(phone.events.map((event) => event.call)).not.toContain('start-payment')
    full.mockRestore()
  })

  it('names the company of a refusal, also after its bill has left the payment', async () => {
    const water = {
      accountId: 'account-2',
      billId: 'bill-1',
      billerName: { zh: '申江水务', en: 'Shenjiang Water' },
      label: '水',
      household: '我家',
      total: fen(7_590),
      reason: 'suspended' as const,
    }
    const quotes = [aQuote(), aQuote({ left: [water] })]
    phone.answer = ({ call }) => {
      if (call === 'quote-payment') return { ok: true, reply: quotes.shift() ?? aQuote() }
      if (call === 'start-payment') {
        const details = { accountId: 'account-2', billId: 'bill-1' }
        return { ok: false, reason: 'suspended', details }
      }
      return { ok: true, reply: {} }
    }
    render(<Pay />)
    await consentAndPay()
    expect(await screen.findByRole('note', { name: /^申江水务停用了这个户号/ })).toBeTruthy()
  })

  it('shows two bills of one month apart, though both are called by that month', async () => {
    const complaint = jest.spyOn(console, 'error').mockImplementation(() => undefined)
    const items = [
      aQuoteItem(),
      aQuoteItem({ accountId: 'account-2', accountNumber: '999900001111' }),
    ]
    phone.answer = () => ({
      ok: true,
      reply: aQuote({ payments: [{ items, total: fen(49_130) }] }),
    })
    render(<Pay />)
    await screen.findByText(/4410 2093 3317/)
    expect(screen.getByText(/9999 0000 1111/)).toBeTruthy()
    expect(complaint).not.toHaveBeenCalled()
    complaint.mockRestore()
  })

  it('pays nothing from a quote that could not be refreshed', async () => {
    let isDown = false
    phone.answer = ({ call }) => {
      if (isDown) return { ok: false, reason: 'try-again', details: { errorId: 'E7K2-40' } }
      isDown = call === 'save-me'
      return { ok: true, reply: aQuote() }
    }
    render(<Pay />)
    await consentAndPay()
    expect(await screen.findByText(/服务器没有回复。下面是.*现在不能付款/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^支付/ })).toBeNull()
    isDown = false
    fireEvent.click(screen.getByRole('button', { name: '再试一次' }))
    expect(await screen.findByRole('button', { name: '支付 245.65 元' })).toBeTruthy()
  })

  it('continues the resident’s own payment that holds a bill, on any device', async () => {
    const until = Date.parse('2026-11-16T14:32:00+08:00')
    phone.answer = ({ call }) => {
      if (call === 'quote-payment') {
        return {
          ok: true,
          reply: aQuote({ payments: [], resume: { paymentId: PAYMENT_ID, until } }),
        }
      }
      return { ok: true, reply: aPayment({ state: 'awaiting' }) }
    }
    phone.sheet = 'requestPayment:fail cancel'
    render(<Pay />)
    expect(await screen.findByText(/还是同一笔，不会付两次/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: '接着付' }))
    fireEvent.click(await screen.findByRole('button', { name: '同意' }))
    await waitFor(() =>
      expect(phone.visited).toEqual([
        `redirectTo /packages/pay/result/index?paymentId=${PAYMENT_ID}&sheet=cancelled`,
      ]),
    )
    expect(phone.sheetsOpened).toHaveLength(1)
  })

  it('says it in English as the month, the company and one bill are said', async () => {
    phone.language = 'en'
    phone.answer = () => ({ ok: true, reply: aQuote() })
    render(<Pay />)
    expect(await screen.findByRole('button', { name: 'Pay 245.65' })).toBeTruthy()
    expect(screen.getByText('To 1 company')).toBeTruthy()
    expect(screen.getByText('You get a receipt. No fee.')).toBeTruthy()
  })
})
