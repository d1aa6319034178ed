import { createDelivery } from '../../../src/cloud/wechat/delivery'
import { scriptedServer } from '../../support/scripted-server'
import { KEYS, TODAY } from '../../support/town'
import { APP, anOrder, weChatPayAtHand } from '../../support/we-chat-pay-at-hand'

type Hand = Awaited<ReturnType<typeof weChatPayAtHand>>

describe('reporting that a bill was delivered', () => {
  let hand: Hand
  beforeEach(async () => {
    hand = await weChatPayAtHand()
  })
  afterEach(() => hand.close())

  /** An order that was paid, and WeChat's number for it. */
  const paid = async () => {
    const order = anOrder()
    const { prepayId } = await hand.client.order(order)
    hand.simulator.tap(prepayId, 'paid')
    const transactionId = hand.simulator.orders().at(-1)?.shares[0]?.transactionId ?? ''
    return { order, transactionId }
  }

  it('tells WeChat once per transaction, however often it is told', async () => {
    const { order, transactionId } = await paid()
    await hand.client.reportDelivery(order, transactionId)
    await hand.client.reportDelivery(order, transactionId)
    expect(hand.simulator.shipments()).toEqual([
      { transactionId, openid: order.openid, itemDesc: order.description },
    ])
  })

  it('tells nothing where WeChat does not manage trade, and begins when it does', async () => {
    const { order, transactionId } = await paid()
    hand.simulator.setTradeManaged(false)
    await hand.client.reportDelivery(order, transactionId)
    expect(hand.simulator.shipments()).toEqual([])
    hand.simulator.setTradeManaged(true)
    await hand.client.reportDelivery(order, transactionId)
    expect(hand.simulator.shipments()).toHaveLength(1)
  })

  it('is not done when WeChat answers with an error instead of saying whether it manages trade', async () => {
    const { order, transactionId } = await paid()
    hand.simulator.failDesk(-1)
    await expect(hand.client.reportDelivery(order, transactionId)).rejects.toMatchObject({
      name: 'WeChatPayFault',
      code: 'DELIVERY_-1',
    })
    await hand.client.reportDelivery(order, transactionId)
    expect(hand.simulator.shipments()).toHaveLength(1)
  })

  it('fetches another token when its own was replaced, and asks once more', async () => {
    const first = await paid()
    await hand.client.reportDelivery(first.order, first.transactionId)
    hand.simulator.revokeTokens()
    const second = await paid()
    await hand.client.reportDelivery(second.order, second.transactionId)
    expect(hand.simulator.shipments()).toHaveLength(2)
  })

  it('gives up on a token after one more', async () => {
    const { order, transactionId } = await paid()
    const server = await scriptedServer(({ path }) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(
        path.startsWith('/cgi-bin/')
          ? { access_token: 't', expires_in: 7200 }
          : { errcode: 42001, errmsg: 'access_token expired' },
      ),
    }))
    const delivery = createDelivery({
      baseUrl: server.url,
      appid: APP,
      secret: KEYS.appSecret,
      now: () => TODAY,
    })
    await expect(delivery(order, transactionId)).rejects.toMatchObject({ code: 'DELIVERY_42001' })
    expect(server.heard.map(({ path }) => path.split('?')[0])).toEqual([
      '/cgi-bin/stable_token',
      '/wxa/sec/order/is_trade_managed',
      '/cgi-bin/stable_token',
      '/wxa/sec/order/is_trade_managed',
    ])
    await server.close()
  })

  it('is a fault for a transaction that WeChat does not know, another payer, or a wrong secret', async () => {
    const { order, transactionId } = await paid()
    await expect(hand.client.reportDelivery(order, '4200000')).rejects.toMatchObject({
      code: 'DELIVERY_10060001',
    })
    await expect(
      hand.client.reportDelivery({ ...order, openid: 'o-else' }, transactionId),
    ).rejects.toMatchObject({ code: 'DELIVERY_268485216' })
    const other = createDelivery({
      baseUrl: hand.baseUrl,
      appid: APP,
      secret: 'another',
      now: () => TODAY,
    })
    await expect(other(order, transactionId)).rejects.toMatchObject({ code: 'DELIVERY_40125' })
    expect(hand.simulator.shipments()).toEqual([])
  })
})
