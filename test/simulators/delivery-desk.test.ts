import { KEYS } from '../support/town'
import { APP, anOrder, weChatPayAtHand } from '../support/we-chat-pay-at-hand'

type Hand = Awaited<ReturnType<typeof weChatPayAtHand>>

describe('the mini-program’s delivery desk, spoken to by hand', () => {
  let hand: Hand
  let token = ''
  let transactionId = ''
  beforeAll(async () => {
    hand = await weChatPayAtHand()
    const { prepayId } = await hand.client.order(anOrder())
    hand.simulator.tap(prepayId, 'paid')
    transactionId = hand.simulator.orders()[0]?.shares[0]?.transactionId ?? ''
    const grant = { grant_type: 'client_credential', appid: APP, secret: KEYS.appSecret }
    token = String((await ask('/cgi-bin/stable_token', grant)).access_token)
  })
  afterAll(() => hand.close())

  const ask = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${hand.baseUrl}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    return (await answer.json()) as Record<string, unknown>
  }
  const report = (change: object = {}) => ({
    order_key: { order_number_type: 2, transaction_id: transactionId },
    logistics_type: 3,
    delivery_mode: 1,
    shipping_list: [{ item_desc: '水费' }],
    upload_time: '2026-11-16T14:17:00+08:00',
    payer: { openid: 'o-payer' },
    ...change,
  })
  const upload = async (body: object, with_ = token) =>
    (await ask(`/wxa/sec/order/upload_shipping_info?access_token=${with_}`, body)).errcode

  it.each([
    [
      'an unknown transaction',
      { order_key: { order_number_type: 2, transaction_id: '42' } },
      10060001,
    ],
    ['a transaction named by our number', { order_key: { order_number_type: 1 } }, 10060001],
    ['no order at all', { order_key: undefined }, 10060001],
    ['another payer', { payer: { openid: 'o-else' } }, 268485216],
    ['no payer', { payer: undefined }, 268485216],
    ['nothing delivered', { shipping_list: [] }, 47001],
    ['no description', { shipping_list: [{}] }, 47001],
    ['a parcel', { logistics_type: 1 }, 47001],
    ['no time', { upload_time: undefined }, 47001],
  ])('refuses a report of %s', async (_, change, errcode) => {
    expect(await upload(report(change))).toBe(errcode)
    expect(hand.simulator.shipments()).toEqual([])
  })

  it('refuses a token that it never gave, and whoever has not the secret', async () => {
    expect(await upload(report(), 'made-up')).toBe(40001)
    const grant = { grant_type: 'client_credential', appid: APP, secret: 'guessed' }
    expect((await ask('/cgi-bin/stable_token', grant)).errcode).toBe(40125)
  })

  it('takes a whole report, once', async () => {
    expect(await upload(report())).toBe(0)
    expect(await upload(report())).toBe(10060003)
    expect(hand.simulator.shipments()).toHaveLength(1)
  })
})
