import { callCloud } from '../../../src/miniapp/client/cloud/call'
import { phone, resetPhone } from '../../support/taro-double'

beforeEach(resetPhone)
afterEach(() => jest.useRealTimers())

const asked = () => callCloud('get-me', {})

describe('a cloud call', () => {
  it('carries its name and request, and nobody in it says who is calling', async () => {
    phone.answer = () => ({ ok: true, reply: {} })
    await callCloud('get-bill', { accountId: 'a', billId: 'b' })
    expect(phone.events).toEqual([{ call: 'get-bill', request: { accountId: 'a', billId: 'b' } }])
  })

  it('gives the reply, or the refusal with its details, as the cloud said it', async () => {
    phone.answer = () => ({ ok: true, reply: { accounts: 3 } })
    await expect(asked()).resolves.toEqual({ ok: true, reply: { accounts: 3 } })
    const refusal = { ok: false, reason: 'try-again', details: { errorId: 'E7K2-40' } }
    phone.answer = () => refusal
    await expect(asked()).resolves.toEqual(refusal)
  })

  it('is offline without a network', async () => {
    phone.answer = () => {
      throw { errMsg: 'cloud.callFunction:fail request:fail' }
    }
    await expect(asked()).resolves.toEqual({ ok: false, reason: 'offline' })
  })

  it('is offline when no answer comes in twenty seconds', async () => {
    jest.useFakeTimers()
    phone.answer = () => new Promise(() => undefined)
    const answer = asked()
    await jest.advanceTimersByTimeAsync(20_000)
    await expect(answer).resolves.toEqual({ ok: false, reason: 'offline' })
  })

  it('says "try again" when the platform reports its own fault', async () => {
    phone.answer = () => {
      throw { errCode: -504002, errMsg: 'cloud.callFunction:fail' }
    }
    await expect(asked()).resolves.toEqual({ ok: false, reason: 'try-again' })
  })

  it.each([undefined, null, '<html>', { ok: true }, { ok: 'yes', reply: {} }, {}])(
    'says "try again" to an answer of no known shape: %j',
    async (strange) => {
      phone.answer = () => strange
      await expect(asked()).resolves.toEqual({ ok: false, reason: 'try-again' })
    },
  )
})
