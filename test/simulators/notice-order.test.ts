import { readNotice } from '../../src/cloud/wechat/read-notice'
import { scriptedServer } from '../support/scripted-server'
import { TODAY } from '../support/town'
import { aMerchant, anOrder, weChatPayAtHand } from '../support/we-chat-pay-at-hand'

/** The numbers of two orders paid in this moment, and of the notices as they arrive. */
async function twoPaid(reordered: boolean) {
  const server = await scriptedServer(() => ({ status: 204 }))
  const hand = await weChatPayAtHand(`${server.url}/notices`)
  try {
    return await paidIn(hand, server, reordered)
  } finally {
    await hand.close()
    await server.close()
  }
}

async function paidIn(
  hand: Awaited<ReturnType<typeof weChatPayAtHand>>,
  server: Awaited<ReturnType<typeof scriptedServer>>,
  reordered: boolean,
) {
  if (reordered) hand.simulator.faults.next('noticeReordered')
  const orders = [anOrder(), anOrder()]
  for (const order of orders) {
    const { prepayId } = await hand.client.order(order)
    hand.simulator.tap(prepayId, 'paid')
  }
  hand.clock.advance(100)
  await hand.simulator.notices.settled()
  const arrived = server.heard.map(({ headers, body }) => {
    const signed = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, String(value)]),
    )
    const read = readNotice(
      { headers: signed, rawBody: Buffer.from(body) },
      { merchants: [aMerchant()], now: TODAY },
    )
    return read.ok && read.notice.kind === 'paid' ? read.notice.fact.orderNumber : read
  })
  return { paid: orders.map((order) => order.orderNumber), arrived }
}

describe('notices that wait together', () => {
  it('go out in the order of the payments', async () => {
    const { paid, arrived } = await twoPaid(false)
    expect(arrived).toEqual(paid)
  })

  it('go out the other way round where that is asked for', async () => {
    const { paid, arrived } = await twoPaid(true)
    expect(arrived).toEqual([...paid].reverse())
  })
})
