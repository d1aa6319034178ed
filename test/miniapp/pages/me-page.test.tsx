import { act, fireEvent, render, screen } from '@testing-library/react'
import type { ReplyOf } from '../../../src/contract/call'
import type { getMe } from '../../../src/contract/get-me'
import { fen } from '../../../src/core/money'
import { BAR_COLOURS } from '../../../src/miniapp/client/modes/bar-colours'
import { choose } from '../../../src/miniapp/client/modes/choices'
import Me from '../../../src/miniapp/pages/me'
import theme from '../../../src/miniapp/theme.json'
import { cloudAnswers, noNetwork, ok } from '../../support/list-replies'
import { phone, resetPhone, showPage } from '../../support/taro-double'

const aMe = (overrides: Partial<ReplyOf<typeof getMe>> = {}): ReplyOf<typeof getMe> => ({
  households: 2,
  accounts: 6,
  receipts: 58,
  paidThisYear: fen(428_615),
  consent: { version: '2026-11-01', at: Date.parse('2026-11-16T09:05:00+08:00') },
  ...overrides,
})
const opens = async (answer: () => unknown) => {
  cloudAnswers({ 'get-me': answer, 'save-me': () => ({ ok: false, reason: 'try-again', details }) })
  const opened = render(<Me />)
  await act(async () => undefined)
  return opened
}
const details = { errorId: 'E7K2-40' }
const tap = (role: string, name: string | RegExp) =>
  act(async () => fireEvent.click(screen.getByRole(role, { name })))

beforeEach(() => {
  resetPhone()
  choose({ theme: 'follow', care: 'follow', language: 'zh' })
})

describe('the page "Me"', () => {
  it('says what there is, and when which version was agreed to', async () => {
    await opens(() => ok(aMe({ knownAs: '妹妹' })))
    expect(screen.getByText('2 个家 · 6 个户号')).toBeTruthy()
    expect(screen.getByText('今年在万家付了 4,286.15 元')).toBeTruthy()
    expect(screen.getByText('58 张')).toBeTruthy()
    expect(screen.getByText('妹妹')).toBeTruthy()
    expect(screen.getByText('11 月 16 日同意了 2026-11-01 版')).toBeTruthy()
  })

  it('says of somebody new that nothing was agreed to and no name chosen', async () => {
    await opens(() => {
      const { consent: _, ...me } = aMe()
      return ok(me)
    })
    expect(screen.getByText('还没同意')).toBeTruthy()
    expect(screen.getByText('还没起名字')).toBeTruthy()
  })

  it.each([
    ['loading', () => new Promise(() => undefined)],
    ['without network', noNetwork],
  ])('invents nothing while it does not know: %s', async (_, answer) => {
    await opens(answer)
    expect(screen.queryByText(/还没起名字|还没同意|个户号|张$/)).toBeNull()
    expect(screen.queryByRole('button', { name: /家人看到我叫/ })).toBeNull()
    expect(screen.getByRole('button', { name: '收据' })).toBeTruthy()
  })

  it('says why it does not know, and tries again', async () => {
    await opens(noNetwork)
    expect(screen.getByText(/^没有网络/)).toBeTruthy()
    cloudAnswers({ 'get-me': () => ok(aMe()) })
    await tap('button', '再试一次')
    expect(screen.getByText('2 个家 · 6 个户号')).toBeTruthy()
  })

  it('names the error when a name could not be saved', async () => {
    await opens(() => ok(aMe()))
    await tap('button', /家人看到我叫/)
    fireEvent.change(screen.getByPlaceholderText('家人看到我叫'), { target: { value: '妹妹' } })
    await tap('button', '保存')
    expect(screen.getByText('服务器没有回复。过一会儿再试。编号 E7K2-40')).toBeTruthy()
  })

  it('tells a reader whether care mode is on', async () => {
    await opens(() => ok(aMe()))
    const state = () =>
      screen.getByRole('switch', { name: /^关怀模式/ }).getAttribute('aria-checked')
    expect(state()).toBe('false')
    await tap('switch', /^关怀模式/)
    expect(state()).toBe('true')
  })
})

describe('what WeChat draws round the page', () => {
  it('has the colours that WeChat’s own dark mode has', () => {
    expect(BAR_COLOURS).toEqual(theme)
  })

  it('turns dark with the page, and follows the phone again when that is chosen', async () => {
    await opens(() => ok(aMe()))
    const navigation = () => phone.bars.navigation
    const [light, dark] = [
      { backgroundColor: theme.light.navBackground, frontColor: '#000000' },
      { backgroundColor: theme.dark.navBackground, frontColor: '#ffffff' },
    ]
    expect(navigation()).toEqual(light)
    act(() => choose({ theme: 'dark' }))
    expect(navigation()).toEqual(dark)
    expect(phone.bars.tabs).toMatchObject({ backgroundColor: theme.dark.tabBackground })
    expect(phone.bars.background).toMatchObject({ backgroundColor: theme.dark.background })
    expect(phone.bars.pull).toEqual({ textStyle: theme.dark.pull })
    act(() => choose({ theme: 'follow' }))
    expect(navigation()).toEqual(light)
    phone.theme = 'dark'
    act(() => {
      for (const listener of phone.themeListeners) listener()
    })
    expect(navigation()).toEqual(dark)
  })

  it('is painted again whenever the page comes to the front', async () => {
    choose({ theme: 'dark' })
    await opens(() => ok(aMe()))
    phone.bars = {}
    act(showPage)
    expect(Object.keys(phone.bars).sort()).toEqual(['background', 'navigation', 'pull', 'tabs'])
  })
})
