import { act, fireEvent, render, screen } from '@testing-library/react'
import { fen } from '../../../src/core/money'
import { askForBillsOf } from '../../../src/miniapp/client/bills-of-account'
import Bills from '../../../src/miniapp/pages/bills'
import { anAccount } from '../../support/account-replies'
import { aBillPage, aBillRow, cloudAnswers, noNetwork, ok } from '../../support/list-replies'
import { hidePage, phone, pullPage, resetPhone, showPage } from '../../support/taro-double'

const ACCOUNTS = [
  anAccount(),
  anAccount({ accountId: 'a2', household: '爸妈家', label: '电', service: 'electricity' }),
]
type Request = { after?: string }
/** An endless list: page 0, then the page after each place. */
const endless = ({ after }: Request) =>
  ok(aBillPage(after === undefined ? 0 : Number(after.slice('after-'.length)) + 1))

const opens = async (bills: (request: never) => unknown, accounts = ACCOUNTS) => {
  cloudAnswers({ 'list-accounts': () => ok({ asOf: 0, accounts }), 'list-bills': bills })
  const opened = render(<Bills />)
  await act(async () => undefined)
  return opened
}
const asked = () =>
  phone.events.filter(({ call }) => call === 'list-bills').map(({ request }) => request)
const scrollDown = () =>
  act(async () => {
    for (const listener of phone.bottom) listener()
  })
/** Back from another page, later than the same moment. */
const comeBack = async () => {
  const now = Date.now()
  jest.spyOn(Date, 'now').mockReturnValue(now + 5_000)
  act(hidePage)
  await act(async () => showPage())
  jest.restoreAllMocks()
}
const tap = (role: string, name: string | RegExp) =>
  act(async () => fireEvent.click(screen.getByRole(role, { name })))

beforeEach(resetPhone)
afterEach(() => jest.restoreAllMocks())

describe('the bills page', () => {
  it('shows the server’s sums of a month, not those of the rows on the screen', async () => {
    await opens(() => ok(aBillPage(0, { rows: [aBillRow()] })))
    expect(screen.getByText('3 张 · 应缴 411.55 · 已付 42.00')).toBeTruthy()
    expect(screen.getByText('75.90')).toBeTruthy()
  })

  it('keeps a month that is on two pages together, under one head', async () => {
    const sums = { month: '2026-10', count: 2, due: fen(2_000), paid: fen(0) }
    const page = (billId: string, next?: string) =>
      ok({
        rows: [aBillRow({ billId, total: fen(1_000) })],
        months: [sums],
        ...(next === undefined ? {} : { next }),
      })
    await opens(({ after }: Request) => (after === undefined ? page('b1', 'p2') : page('b2')))
    await scrollDown()
    expect(screen.getAllByText('2026 年 10 月')).toHaveLength(1)
    expect(screen.getByText('2 张 · 应缴 20.00')).toBeTruthy()
    expect(screen.getAllByText('10.00')).toHaveLength(2)
    expect(screen.getByText('没有更早的了')).toBeTruthy()
  })

  it('asks only for what is chosen, and tells a reader what that is', async () => {
    await opens(endless)
    await tap('radio', '没缴的')
    await tap('radio', '爸妈家')
    expect(asked().at(-1)).toEqual({ household: '爸妈家', state: 'due' })
    const checked = (name: string) =>
      screen.getAllByRole('radio', { name }).map((one) => one.getAttribute('aria-checked'))
    expect(checked('爸妈家')).toEqual(['true'])
    expect(checked('我家')).toEqual(['false'])
  })

  it('after a next page that did not come, asks for that page again', async () => {
    let broken = false
    await opens((request: Request) =>
      broken
        ? { ok: false, reason: 'try-again', details: { errorId: 'E7K2-40' } }
        : endless(request),
    )
    broken = true
    await scrollDown()
    expect(screen.getByText('10.00')).toBeTruthy()
    expect(screen.getByText('服务器没有回复。过一会儿再试。')).toBeTruthy()
    await scrollDown()
    expect(asked()).toEqual([{}, { after: 'after-0' }])
    broken = false
    await tap('button', '再试一次')
    expect(asked()).toEqual([{}, { after: 'after-0' }, { after: 'after-0' }])
    expect(screen.getByText('10.00')).toBeTruthy()
    expect(screen.getByText('10.01')).toBeTruthy()
  })

  it('has the error’s id once, and a tap copies it', async () => {
    await opens(() => ({ ok: false, reason: 'try-again', details: { errorId: 'E7K2-40' } }))
    expect(screen.getAllByText(/E7K2-40/)).toHaveLength(1)
    await tap('button', '编号 E7K2-40，点一下复制')
    expect(phone.copied).toEqual(['E7K2-40'])
  })

  it('coming back, asks anew for all that is on the screen and drops none of it', async () => {
    await opens(endless)
    await scrollDown()
    await comeBack()
    expect(asked()).toEqual([{}, { after: 'after-0' }, {}, { after: 'after-0' }])
    expect(screen.getByText('10.00')).toBeTruthy()
    expect(screen.getByText('10.01')).toBeTruthy()
  })

  it('lets newer pages go, asks anew for those that are left, and leads back to the newest', async () => {
    await opens(endless)
    for (let page = 1; page <= 3; page += 1) await scrollDown()
    expect(screen.queryByText('10.00')).toBeNull()
    expect(screen.getByText('10.03')).toBeTruthy()
    await comeBack()
    expect(asked().slice(4)).toEqual([
      { after: 'after-0' },
      { after: 'after-1' },
      { after: 'after-2' },
    ])
    await tap('button', '回到最新的账单')
    expect(screen.getByText('10.00')).toBeTruthy()
    expect(screen.queryByText('10.03')).toBeNull()
  })

  it('opened without network, shows the newest it knows and since when', async () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-16T09:05:00+08:00'))
    const { unmount } = await opens(endless)
    unmount()
    await opens(noNetwork)
    expect(screen.getByText('没有网络。下面是 11 月 16 日 9:05 的数据。')).toBeTruthy()
    expect(screen.getByText('10.00')).toBeTruthy()
  })

  it('keeps what is on the screen when pulling it down brings nothing', async () => {
    let isOffline = false
    await opens((request: Request) => (isOffline ? noNetwork() : endless(request)))
    isOffline = true
    await act(async () => pullPage())
    expect(screen.getByText(/没有网络。下面是/)).toBeTruthy()
    expect(screen.getByText('10.00')).toBeTruthy()
  })

  it('asks for an account first where there is none', async () => {
    await opens(() => ok(aBillPage(0, { rows: [], months: [] })), [])
    await tap('button', '加户号')
    expect(phone.visited).toEqual(['navigateTo /packages/household/add/index'])
  })
})

describe('the bills of one account', () => {
  it('are shown when its page asked for them, under a chip that can be taken off', async () => {
    askForBillsOf('a2')
    await opens(endless)
    expect(asked()).toEqual([{ accountId: 'a2' }])
    await tap('button', '只看 爸妈家 · 电，点一下看全部账单')
    expect(asked().at(-1)).toEqual({})
    expect(screen.queryByText(/只看/)).toBeNull()
  })

  it('are shown, too, when the tab was open before', async () => {
    await opens(endless)
    await tap('radio', '没缴的')
    askForBillsOf('a1')
    act(hidePage)
    await act(async () => showPage())
    expect(asked().at(-1)).toEqual({ accountId: 'a1' })
    expect(screen.getByText('只看 我家 · 水 ✕')).toBeTruthy()
  })
})
