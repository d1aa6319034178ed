import { act, fireEvent, render, screen } from '@testing-library/react'
import Help from '../../../src/miniapp/packages/help/help'
import AddAccount from '../../../src/miniapp/packages/household/add'
import type { FoundAccount } from '../../../src/miniapp/packages/household/add/use-add-account'
import { aBiller } from '../../support/a-biller'
import { anAccount } from '../../support/account-replies'
import { cloudAnswers, noNetwork, ok } from '../../support/list-replies'
import { phone, resetPhone } from '../../support/taro-double'

const CITIES = [
  { id: 'shencheng', names: { zh: '申城', en: 'Shencheng' }, billers: [aBiller()] },
  {
    id: 'yanjing',
    names: { zh: '燕京', en: 'Yanjing' },
    billers: [aBiller({ id: 'jinghua-power', names: { zh: '京华供电', en: 'Jinghua Power' } })],
  },
]
const FOUND: FoundAccount = {
  accountId: 'a1',
  billerId: 'shenjiang-water',
  service: 'water',
  accountNumber: '310407216A',
  holder: '张**',
  address: '浦东新区花木…',
}

const opens = async (rules: Record<string, (request: never) => unknown> = {}) => {
  cloudAnswers({
    'list-billers': () => ok({ cities: CITIES }),
    'list-accounts': () => ok({ asOf: 0, accounts: [] }),
    'save-me': () => ok({}),
    'look-up-account': () => ok(FOUND),
    'bind-account': () => ok({}),
    ...rules,
  })
  render(<AddAccount />)
  await act(async () => undefined)
}
const tap = (name: string | RegExp) =>
  act(async () => fireEvent.click(screen.getByRole('button', { name })))
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByPlaceholderText(label), { target: { value } })
const finds = async () => {
  await tap(/^申江水务/)
  type('户号', '310407216A')
  await tap('下一步')
  type('答案', '华')
  await tap('确认')
  if (screen.queryByRole('button', { name: '同意' })) await tap('同意')
}
const bound = () => phone.events.find(({ call }) => call === 'bind-account')?.request
const binds = async () => {
  await tap('加到我的万家')
  return bound()
}

beforeEach(resetPhone)

describe('adding an account', () => {
  it('shows what was found, its number in fours, and offers the usual names', async () => {
    await opens()
    await finds()
    expect(screen.getByText('3104 0721 6A')).toBeTruthy()
    expect(await binds()).toEqual({ accountId: 'a1', household: '我家', label: '水' })
    expect(phone.visited).toEqual(['switchTab /pages/home/index'])
  })

  it('opens the scanner by itself, once, for who came to scan a paper bill', async () => {
    phone.params = { scan: '1' }
    phone.scan = { result: '310407216A' }
    await opens()
    await tap(/^申江水务/)
    await act(async () => undefined)
    const number = () => screen.getByPlaceholderText<HTMLInputElement>('户号').value
    expect(number()).toBe('310407216A')
    phone.scan = { result: '310407300C' }
    await tap('换一家')
    await tap(/^申江水务/)
    await act(async () => undefined)
    expect(number()).not.toBe('310407300C')
  })

  it('leaves an account that is bound already where it is and as it is called', async () => {
    const account = anAccount({ household: '岳父家', label: '老宅的水' })
    await opens({
      'list-accounts': () => ok({ asOf: 0, accounts: [account] }),
      'look-up-account': () => ok({ ...FOUND, boundAs: '老宅的水' }),
    })
    await finds()
    expect(await binds()).toEqual({ accountId: 'a1', household: '岳父家', label: '老宅的水' })
  })

  it('moves nothing when it does not know where a bound account is: it asks', async () => {
    await opens({
      'list-accounts': noNetwork,
      'look-up-account': () => ok({ ...FOUND, boundAs: '老宅的水' }),
    })
    await finds()
    expect(await binds()).toBeUndefined()
    await act(async () => fireEvent.click(screen.getByRole('radio', { name: '爸妈家' })))
    expect(await binds()).toEqual({ accountId: 'a1', household: '爸妈家', label: '老宅的水' })
  })

  it('offers the households that there are, and says which one is chosen', async () => {
    await opens({
      'list-accounts': () =>
        ok({ asOf: 0, accounts: [anAccount({ accountId: 'a9', household: '岳父家' })] }),
    })
    await finds()
    expect(screen.getAllByRole('radio').map((chip) => chip.textContent)).toEqual([
      '岳父家',
      '我家',
      '爸妈家',
      '店里',
    ])
    const chosen = screen.getAllByRole('radio', { checked: true })
    expect(chosen.map((chip) => chip.textContent)).toEqual(['我家'])
  })

  it('puts the cities in which one has accounts first', async () => {
    await opens({
      'list-accounts': () => ok({ asOf: 0, accounts: [anAccount({ billerId: 'jinghua-power' })] }),
    })
    expect(screen.getAllByText(/^(申城|燕京)$/).map((city) => city.textContent)).toEqual([
      '燕京',
      '申城',
    ])
  })

  it('says why there are no companies to choose from, and tries again', async () => {
    await opens({ 'list-billers': noNetwork })
    expect(screen.getByText(/^没有网络/)).toBeTruthy()
    cloudAnswers({ 'list-billers': () => ok({ cities: CITIES }) })
    await tap('再试一次')
    expect(screen.getByRole('button', { name: /^申江水务/ })).toBeTruthy()
  })
})

describe('help', () => {
  const helps = async (billers: () => unknown) => {
    cloudAnswers({ 'list-billers': billers })
    const { container } = render(<Help />)
    await act(async () => undefined)
    return container
  }

  it('answers first what worries most, and gives each company’s number to call', async () => {
    const container = await helps(() => ok({ cities: CITIES }))
    expect(container.querySelector('.h3')?.textContent).toBe('微信扣了钱，账单还没销')
    await tap(/^申江水务 021-5550-1001/)
    expect(phone.visited).toEqual(['makePhoneCall 021-5550-1001'])
  })

  it('says why it has no numbers, and tries again', async () => {
    await helps(noNetwork)
    expect(screen.getByText(/^没有网络/)).toBeTruthy()
    cloudAnswers({ 'list-billers': () => ok({ cities: CITIES }) })
    await tap('再试一次')
    expect(screen.getByRole('button', { name: /^申江水务 021-5550-1001/ })).toBeTruthy()
  })
})
