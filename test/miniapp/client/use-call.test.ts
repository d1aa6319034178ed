import { act, renderHook, waitFor } from '@testing-library/react'
import { useCall } from '../../../src/miniapp/client/cloud/use-call'
import { hidePage, phone, resetPhone, showPage } from '../../support/taro-double'

const NOW = Date.parse('2026-11-16T09:05:00+08:00')

beforeEach(() => {
  resetPhone()
  jest.spyOn(Date, 'now').mockReturnValue(NOW)
})
afterEach(() => jest.restoreAllMocks())

const noNetwork = () => {
  throw { errMsg: 'request:fail' }
}
const keys = (...ids: string[]) => ({
  ok: true,
  reply: { keys: ids.map((id) => ({ id, publicKeyHex: '00' })) },
})
const useKeys = () => useCall('list-receipt-keys', {}, { keep: 'all' })

describe('a page that asks the cloud', () => {
  it('is loading, then ready with the reply and its time', async () => {
    phone.answer = () => keys('k1')
    const { result } = renderHook(useKeys)
    expect(result.current.state).toBe('loading')
    await waitFor(() => expect(result.current.state).toBe('ready'))
    expect(result.current).toMatchObject({ reply: keys('k1').reply, asOf: NOW })
  })

  it('shows the last known reply at once the next time, until the fresh one is there', async () => {
    phone.answer = () => keys('k1')
    const first = renderHook(useKeys)
    await waitFor(() => expect(first.result.current.state).toBe('ready'))
    first.unmount()
    phone.answer = () => keys('k1', 'k2')
    const second = renderHook(useKeys)
    expect(second.result.current).toMatchObject({ state: 'stale', reply: keys('k1').reply })
    await waitFor(() => expect(second.result.current.state).toBe('ready'))
    expect(second.result.current.reply?.keys).toHaveLength(2)
  })

  it('opened without network, shows the last known reply with its time', async () => {
    phone.answer = () => keys('k1')
    const first = renderHook(useKeys)
    await waitFor(() => expect(first.result.current.state).toBe('ready'))
    first.unmount()
    jest.spyOn(Date, 'now').mockReturnValue(NOW + 3_600_000)
    phone.answer = noNetwork
    const { result } = renderHook(useKeys)
    await waitFor(() => expect(result.current.state).toBe('offline'))
    expect(result.current).toMatchObject({ reply: keys('k1').reply, asOf: NOW })
  })

  it('says which fault it was, by the id that the log knows', async () => {
    phone.answer = () => ({ ok: false, reason: 'try-again', details: { errorId: 'E7K2-40' } })
    const { result } = renderHook(useKeys)
    await waitFor(() => expect(result.current.state).toBe('failed'))
    expect(result.current.errorId).toBe('E7K2-40')
  })

  it('shows nothing of before after a refusal', async () => {
    phone.answer = () => ({ ok: false, reason: 'not-found' })
    const { result } = renderHook(() => useCall('get-bill', { accountId: 'a', billId: 'b' }))
    await waitFor(() => expect(result.current.state).toBe('refused'))
    expect(result.current).toMatchObject({ reason: 'not-found' })
    expect(result.current.reply).toBeUndefined()
  })

  it('asks once when it opens, and again whenever it is shown later', async () => {
    phone.answer = () => keys('k1')
    const { result } = renderHook(useKeys)
    act(showPage)
    await waitFor(() => expect(result.current.state).toBe('ready'))
    expect(phone.events).toHaveLength(1)
    act(hidePage)
    await act(async () => showPage())
    expect(phone.events).toHaveLength(2)
  })

  it('does not ask before it knows what', () => {
    renderHook(() => useCall('get-bill', null))
    expect(phone.events).toEqual([])
  })

  it('drops the answer to a question that is no longer asked', async () => {
    const answers: ((answer: unknown) => void)[] = []
    phone.answer = () => new Promise((resolve) => answers.push(resolve))
    const { result, rerender } = renderHook(({ state }) => useCall('list-bills', { state }), {
      initialProps: { state: 'due' as 'due' | 'paid' },
    })
    rerender({ state: 'paid' })
    await waitFor(() => expect(answers).toHaveLength(2))
    await act(async () => answers[1]?.({ ok: true, reply: { rows: [], next: 'paid' } }))
    await act(async () => answers[0]?.({ ok: true, reply: { rows: [], next: 'due' } }))
    expect(result.current.reply?.next).toBe('paid')
  })
})
