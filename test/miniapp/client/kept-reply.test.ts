import { act, renderHook, waitFor } from '@testing-library/react'
import {
  dropKeptReplies,
  keep,
  keepAnswer,
  readKept,
} from '../../../src/miniapp/client/cloud/kept-reply'
import { useCall } from '../../../src/miniapp/client/cloud/use-call'
import Taro, { phone, resetPhone } from '../../support/taro-double'

const reply = (id: string) => ({ keys: [{ id, publicKeyHex: '00' }] })
const keepAs = (key: string) => keep('list-receipt-keys', key, { reply: reply(key), asOf: 1 })
const kept = (key: string) => readKept('list-receipt-keys', key)?.reply
const wasRefused = { ok: false, reason: 'not-allowed' } as const

beforeEach(resetPhone)
afterEach(() => jest.restoreAllMocks())

describe('replies that the phone keeps', () => {
  it('are forty at most: the one that was written longest ago goes', () => {
    for (let index = 0; index < 40; index += 1) keepAs(`k${index}`)
    keepAs('k0')
    keepAs('k40')
    expect(kept('k0')).toEqual(reply('k0'))
    expect(kept('k1')).toBeUndefined()
    expect(kept('k2')).toEqual(reply('k2'))
    expect([...phone.storage.keys()].filter((key) => key.includes('kept/'))).toHaveLength(40)
  })

  it('all go together, and nothing of them stays', () => {
    keepAs('k1')
    keepAs('k2')
    dropKeptReplies()
    expect(phone.storage.size).toBe(0)
  })

  it('go when the cloud refuses what they were the answer to, and stay when it is not there', () => {
    keepAs('k1')
    keepAnswer('list-receipt-keys', 'k1', { ok: false, reason: 'offline' })
    keepAnswer('list-receipt-keys', 'k1', { ok: false, reason: 'try-again' })
    expect(kept('k1')).toEqual(reply('k1'))
    keepAnswer('list-receipt-keys', 'k1', wasRefused)
    expect(kept('k1')).toBeUndefined()
  })

  it('are done without on a phone whose storage is full', () => {
    keepAs('k1')
    jest.spyOn(Taro, 'setStorageSync').mockImplementation(() => {
      throw new Error('full')
    })
    expect(() => keepAs('k1')).not.toThrow()
    expect(kept('k1')).toBeUndefined()
  })

  it('are read once for a question, however often the page is drawn', async () => {
    phone.answer = () => ({ ok: true, reply: reply('k1') })
    const read = jest.spyOn(Taro, 'getStorageSync')
    const { result, rerender } = renderHook(() => useCall('list-receipt-keys', {}, { keep: 'all' }))
    await waitFor(() => expect(result.current.state).toBe('ready'))
    const before = read.mock.calls.length
    act(() => rerender())
    act(() => rerender())
    expect(read.mock.calls.length).toBe(before)
  })
})
