import type { ReplyOf } from '../../src/contract/call'
import type { CheckedReceipt, checkReceipt } from '../../src/contract/check-receipt'
import type { getReceipt } from '../../src/contract/get-receipt'
import type { BillRow, listBills } from '../../src/contract/list-bills'
import type { listReceipts } from '../../src/contract/list-receipts'
import { fen } from '../../src/core/money'
import { phone } from './taro-double'

/** 16 November 2026 in Asia/Shanghai: paid, credited, looked at. */
export const PAID_AT = Date.parse('2026-11-16T14:19:02+08:00')
export const POSTED_AT = Date.parse('2026-11-16T14:19:06+08:00')
export const LOOKED_AT = Date.parse('2026-11-16T14:45:00+08:00')
export const NUMBER = 'WJ26-1116-7K2M-9QXT-04BD'

export function aBillRow(overrides: Partial<BillRow> = {}): BillRow {
  return {
    accountId: 'a1',
    billId: '2026-10',
    billerName: { zh: '申江水务', en: 'Shenjiang Water' },
    service: 'water',
    label: '水',
    household: '我家',
    month: '2026-10',
    dueOn: '2026-11-04',
    total: fen(7_590),
    standing: { kind: 'due' },
    ...overrides,
  }
}

/** Page `index` of an endless list of bills: one bill of one month a page. */
export function aBillPage(
  index: number,
  overrides: Partial<ReplyOf<typeof listBills>> = {},
): ReplyOf<typeof listBills> {
  const month = `2026-${String(10 - index).padStart(2, '0')}`
  return {
    rows: [aBillRow({ billId: month, month, total: fen(1_000 + index) })],
    months: [{ month, count: 3, due: fen(41_155), paid: fen(4_200) }],
    next: `after-${index}`,
    ...overrides,
  }
}

type ReceiptRow = ReplyOf<typeof listReceipts>['rows'][number]

export function aReceiptRow(overrides: Partial<ReceiptRow> = {}): ReceiptRow {
  return {
    receiptNumber: NUMBER,
    paymentId: 'P1',
    billerName: { zh: '京华供电', en: 'Jinghua Power' },
    service: 'electricity',
    label: '电',
    household: '爸妈家',
    month: '2026-10',
    amount: fen(24_565),
    paidAt: PAID_AT,
    state: 'posted',
    duplicate: false,
    refunded: fen(0),
    ...overrides,
  }
}

type ReceiptReply = ReplyOf<typeof getReceipt>

export function aReceiptReply(overrides: Partial<ReceiptReply> = {}): ReceiptReply {
  return {
    receiptNumber: NUMBER,
    code: 'WJ1:ABC',
    billerId: 'jinghua-power',
    billerName: { zh: '京华供电', en: 'Jinghua Power' },
    legalName: '京华供电有限公司',
    service: 'electricity',
    label: '电',
    household: '爸妈家',
    accountNumber: '441020933317',
    holder: '王**',
    month: '2026-10',
    dueOn: '2026-11-04',
    principal: fen(24_274),
    lateFee: fen(291),
    daysLate: 12,
    amount: fen(24_565),
    paidAt: PAID_AT,
    transactionId: '4200002781202611164509372114',
    paymentId: '2K3M4N5P6Q7R8S9T0V1W2X3Y4Z',
    state: 'posted',
    duplicate: false,
    refunded: fen(0),
    postingNumber: 'JH20261116-88152',
    postedAt: POSTED_AT,
    asOf: LOOKED_AT,
    ...overrides,
  }
}

export function aCheckedReceipt(overrides: Partial<CheckedReceipt> = {}): CheckedReceipt {
  return {
    receiptNumber: NUMBER,
    billerId: 'jinghua-power',
    billerName: { zh: '京华供电', en: 'Jinghua Power' },
    service: 'electricity',
    accountTail: '3317',
    holder: '王**',
    month: '2026-10',
    principal: fen(24_274),
    lateFee: fen(291),
    amount: fen(24_565),
    paidAt: PAID_AT,
    dueOn: '2026-11-04',
    daysLate: 0,
    transactionTail: '2114',
    wechat: 'paid',
    state: 'posted',
    duplicate: false,
    refunded: fen(0),
    postingNumber: 'JH20261116-88152',
    postedAt: POSTED_AT,
    ...overrides,
  }
}

type CheckReply = ReplyOf<typeof checkReceipt>

export function aCheck(
  verdict: CheckReply['verdict'],
  overrides: Partial<CheckedReceipt> = {},
): CheckReply {
  return { verdict, receipt: aCheckedReceipt(overrides), asOf: LOOKED_AT }
}

/** One that no company credited: as it is taken from a checked receipt. */
export function withoutPosting({
  postingNumber: _number,
  postedAt: _at,
  ...receipt
}: CheckedReceipt): CheckedReceipt {
  return receipt
}

type Answerer = (request: never) => unknown

/** The phone's cloud answers each call by its own rule; one without a rule is a broken test. */
export function cloudAnswers(rules: Record<string, Answerer>): void {
  phone.answer = ({ call, request }) => {
    const rule = rules[call]
    if (rule === undefined) throw new Error(`the test has no answer to ${call}`)
    return rule(request)
  }
}

export const ok = (reply: unknown) => ({ ok: true, reply })
export const noNetwork = () => {
  throw { errMsg: 'request:fail' }
}
