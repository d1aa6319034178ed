import { act, fireEvent, render, screen } from '@testing-library/react'
import { fen } from '../../../src/core/money'
import { openPrivacyGate } from '../../../src/miniapp/client/privacy/privacy-gate'
import Receipt from '../../../src/miniapp/packages/receipt/receipt'
import Receipts from '../../../src/miniapp/packages/receipt/receipts'
import {
  aReceiptReply,
  aReceiptRow,
  cloudAnswers,
  LOOKED_AT,
  NUMBER,
  noNetwork,
  ok,
} from '../../support/list-replies'
import { phone, resetPhone } from '../../support/taro-double'

const opens = async (Page: () => JSX.Element, answer: () => unknown) => {
  cloudAnswers({ 'list-receipts': answer, 'get-receipt': answer, 'save-me': () => ok({}) })
  const opened = render(<Page />)
  await act(async () => undefined)
  return opened
}
const tap = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })))

beforeEach(resetPhone)
afterEach(() => jest.restoreAllMocks())

describe('the list of receipts', () => {
  it('is of one account where its page asked for that', async () => {
    phone.params = { accountId: 'a1' }
    await opens(Receipts, () => ok({ rows: [aReceiptRow()] }))
    expect(phone.events).toEqual([{ call: 'list-receipts', request: { accountId: 'a1' } }])
  })

  it.each([
    ['已销账', {}],
    ['等销账', { state: 'posting' }],
    ['退回中', { state: 'rejected' }],
    ['退回中', { state: 'undone' }],
    ['退回中', { state: 'unposted', duplicate: true }],
    ['退了一部分', { refunded: fen(9_000) }],
    ['已退款', { refunded: fen(24_565) }],
  ] as const)('says %s of a receipt with %o', async (word, more) => {
    await opens(Receipts, () => ok({ rows: [aReceiptRow(more)] }))
    expect(screen.getByText(word)).toBeTruthy()
  })

  it('opened without network, shows the newest it knows and since when', async () => {
    jest.spyOn(Date, 'now').mockReturnValue(LOOKED_AT)
    const { unmount } = await opens(Receipts, () => ok({ rows: [aReceiptRow()] }))
    unmount()
    await opens(Receipts, noNetwork)
    expect(screen.getByText('没有网络。下面是 11 月 16 日 14:45 的数据。')).toBeTruthy()
    expect(screen.getByText('爸妈家 · 京华供电')).toBeTruthy()
  })

  it('never says that there are none while it does not know', async () => {
    await opens(Receipts, noNetwork)
    expect(screen.queryByText('还没有收据')).toBeNull()
    await tap('再试一次')
    expect(phone.events).toHaveLength(2)
    cloudAnswers({ 'list-receipts': () => ok({ rows: [] }) })
    await tap('再试一次')
    expect(screen.getByText('还没有收据')).toBeTruthy()
  })
})

describe('a receipt', () => {
  beforeEach(() => {
    phone.params = { receipt: NUMBER }
  })

  it('says that the money went back, how much, and as of when', async () => {
    await opens(Receipt, () => ok(aReceiptReply({ refunded: fen(24_565), printedAt: LOOKED_AT })))
    expect(screen.getByText('已退款（14:45 查）')).toBeTruthy()
    expect(screen.getAllByText('245.65')).toHaveLength(2)
    expect(screen.queryByText(/已销账|已打印/)).toBeNull()
  })

  it('that was printed says so', async () => {
    await opens(Receipt, () => ok(aReceiptReply({ printedAt: LOOKED_AT })))
    expect(screen.getByText('已打印（14:45 查）')).toBeTruthy()
  })

  it('is saved once the resident agreed to what the platform asks for', async () => {
    openPrivacyGate()
    await opens(Receipt, () => ok(aReceiptReply()))
    await tap('存为图片')
    expect(phone.album).toEqual([])
    await tap('同意')
    expect(phone.album).toEqual(['wxfile://usr/receipt.png'])
    expect(screen.queryByText('用之前，请看一眼')).toBeNull()
  })

  it('is left as it was when that is declined, without leading to the settings', async () => {
    openPrivacyGate()
    await opens(Receipt, () => ok(aReceiptReply()))
    await tap('存为图片')
    await tap('先不同意')
    expect(phone.album).toEqual([])
    expect(phone.visited).toEqual([])
    expect(screen.getByRole('button', { name: '存为图片' })).toBeTruthy()
  })
})
