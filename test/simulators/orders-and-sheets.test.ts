import { anOrder, weChatPayAtHand } from '../support/we-chat-pay-at-hand'

const MINUTE = 60_000
type Hand = Awaited<ReturnType<typeof weChatPayAtHand>>

describe('orders and sheets of the WeChat Pay simulator', () => {
  let hand: Hand
  beforeEach(async () => {
    hand = await weChatPayAtHand()
  })
  afterEach(() => hand.close())

  const sheetOf = async (prepayId: string) =>
    (await fetch(`${hand.baseUrl}/sheet/${prepayId}`)).text()
  const tap = (prepayId: string) =>
    fetch(`${hand.baseUrl}/sheet/${prepayId}`, {
      method: 'POST',
      body: JSON.stringify({ outcome: 'paid' }),
    })
  const states = () => hand.simulator.orders().map(({ state, paying }) => [state, paying])

  test('a sheet that was left alone ends when its order expires, and is not paid after that', async () => {
    const { prepayId } = await hand.client.order(anOrder())
    expect(await sheetOf(prepayId)).toContain('¥5.00')
    expect(states()).toEqual([['NOTPAY', true]])
    hand.clock.advance(15 * MINUTE)
    expect(states()).toEqual([['CLOSED', false]])
    expect(await (await tap(prepayId)).json()).toEqual({ outcome: 'over' })
    expect(states()).toEqual([['CLOSED', false]])
    expect(await sheetOf(prepayId)).toContain('这笔已结束')
  })

  test('an order is not closed under a payer who has its sheet open, and is once it expired', async () => {
    const order = anOrder()
    const { prepayId } = await hand.client.order(order)
    await sheetOf(prepayId)
    expect(await hand.client.close(order)).toBe('busy')
    hand.clock.advance(15 * MINUTE)
    expect(await hand.client.close(order)).toBe('closed')
    expect(states()).toEqual([['CLOSED', false]])
  })

  test.each([
    ['a part of another combined order', anOrder({ kind: 'combined' })],
    ['an ordinary order', anOrder()],
  ])('a number inside a combined order is refused when it was that of %s', async (_, earlier) => {
    await hand.client.order(earlier)
    const [used] = earlier.parts
    const later = anOrder({ kind: 'combined' })
    const parts = later.parts.map((part, index) => ({
      ...part,
      orderNumber: index === 1 ? (used?.orderNumber ?? '') : part.orderNumber,
    }))
    await expect(hand.client.order({ ...later, parts })).rejects.toMatchObject({
      code: 'OUTTRADENOUSED',
    })
    expect(hand.simulator.orders()).toHaveLength(1)
  })
})
