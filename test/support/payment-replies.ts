import type { ReplyOf } from '../../src/contract/call'
import type { getPayment, PaymentItem } from '../../src/contract/get-payment'
import type { QuoteItem, quotePayment } from '../../src/contract/quote-payment'
import type { RequestPaymentParameters } from '../../src/contract/start-payment'
import { fen } from '../../src/core/money'

/** 16 November 2026, 14:19:02 in Asia/Shanghai. */
export const PAID_AT = Date.parse('2026-11-16T14:19:02+08:00')
export const PAYMENT_ID = '2K3M4N5P6Q7R8S9T0V1W2X3Y4Z'

export const SHEET: RequestPaymentParameters = {
  timeStamp: '1795155542',
  nonceStr: 'n0nce',
  package: 'prepay_id=wx16',
  signType: 'RSA',
  paySign: 'c2lnbmVk',
}

export function aPaymentItem(overrides: Partial<PaymentItem> = {}): PaymentItem {
  return {
    itemNo: 1,
    accountId: 'account-1',
    billId: 'bill-1',
    billerId: 'jinghua-power',
    billerName: { zh: '京华供电', en: 'Jinghua Power' },
    service: 'electricity',
    label: '电',
    household: '爸妈家',
    month: '2026-10',
    principal: fen(24274),
    lateFee: fen(291),
    amount: fen(24565),
    state: 'posted',
    duplicate: false,
    trail: [
      { kind: 'wechat', at: PAID_AT },
      { kind: 'settled', at: PAID_AT + 1_000 },
      { kind: 'posted', at: PAID_AT + 4_000 },
      { kind: 'matched', expectedBy: Date.parse('2026-11-17T11:00:00+08:00') },
    ],
    finalBy: Date.parse('2026-11-17T10:19:02+08:00'),
    postingNumber: 'JH20261116-88152',
    receiptNumber: 'WJ26-1116-0472-8815',
    ...overrides,
  }
}

type PaymentReply = ReplyOf<typeof getPayment>

/** A paid payment of one item; awaiting ones may still be paid. */
export function aPayment(overrides: Partial<PaymentReply> = {}): PaymentReply {
  const state = overrides.state ?? 'paid'
  return {
    paymentId: PAYMENT_ID,
    state,
    amount: fen(24565),
    expiresAt: PAID_AT + 15 * 60_000,
    items: [aPaymentItem()],
    ...(state === 'awaiting' ? { pay: SHEET } : {}),
    ...overrides,
  }
}

export function aQuoteItem(overrides: Partial<QuoteItem> = {}): QuoteItem {
  return {
    accountId: 'account-1',
    billId: 'bill-1',
    billerId: 'jinghua-power',
    billerName: { zh: '京华供电', en: 'Jinghua Power' },
    legalName: '京华供电有限公司',
    service: 'electricity',
    label: '电',
    household: '爸妈家',
    accountNumber: '441020933317',
    holder: '王**',
    address: '朝阳区望京街…',
    month: '2026-10',
    dueOn: '2026-11-04',
    principal: fen(24274),
    lateFee: fen(291),
    total: fen(24565),
    firstPayment: false,
    ...overrides,
  }
}

type QuoteReply = ReplyOf<typeof quotePayment>

export function aQuote(overrides: Partial<QuoteReply> = {}): QuoteReply {
  return {
    payments: [{ items: [aQuoteItem()], total: fen(24565) }],
    total: fen(24565),
    heldUntil: Date.parse('2026-11-16T14:32:00+08:00'),
    left: [],
    ...overrides,
  }
}
