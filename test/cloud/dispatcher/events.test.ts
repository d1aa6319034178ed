import { dispatch } from '../../../src/cloud/dispatcher'
import { engineName } from '../../support/databases'
import { WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

describe(`an event of the phone on the ${engineName()} engine`, () => {
  let town: Town
  beforeAll(async () => {
    town = await aTown()
  })
  afterAll(() => town.close())
  const send = (event: unknown) =>
    dispatch({ ports: town.ports, log: () => undefined }, { openid: WANG }, event)

  it.each([
    ['nothing', undefined],
    ['text that is no JSON', 'pay everything'],
    ['a list', []],
    ['no such call', { call: 'drop-tables', request: {} }],
    ['a name of the prototype', { call: 'constructor', request: {} }],
    ['a request of another shape', { call: 'get-bill', request: { accountId: 7 } }],
    [
      'more bytes than CloudBase takes, in fewer characters',
      { call: 'list-accounts', request: {}, padding: '水'.repeat(40_000) },
    ],
  ])('is refused as malformed: %s', async (_, event) => {
    expect(await send(event)).toEqual({ ok: false, reason: 'malformed' })
  })

  it('has no answer without the platform’s identity, whatever it says of itself', async () => {
    const event = { call: 'list-accounts', request: {}, openid: WANG }
    expect(await dispatch({ ports: town.ports, log: () => undefined }, undefined, event)).toEqual({
      ok: false,
      reason: 'no-identity',
    })
  })
})
