import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readBody } from '../read-body'
import { createBills } from './bills'
import { createCoupons } from './coupons'
import { createDeliveryDesk } from './delivery-desk'
import { createFaults } from './faults'
import { createNotices } from './notices'
import { finishSheet, openSheet, type SheetOutcome, type SheetParameters } from './pay-sheet'
import { createRefunds } from './refunds'
import { sendJson, serveSheet } from './serve-sheet'
import { createV3Server } from './serve-v3'
import type { PlatformKey, Settings } from './settings'
import { createShop } from './shop'

/** WeChat Pay on loopback: the v3 interface, its sheet, its notices, and the app's delivery desk. */
export function createWeChatPaySimulator(settings: Settings) {
  const { clock, chance } = settings
  const faults = createFaults(chance, settings.faults)
  let signing = firstKey(settings)
  let tradeManaged = true
  const notices = createNotices({ clock, faults, key: () => signing })
  const coupons = createCoupons()
  const shop = createShop(clock, (order) => {
    coupons.redeem(order)
    notices.announce(order)
  })
  const refunds = createRefunds({ clock, faults, shop, announce: notices.announceRefund })
  const bills = createBills({ clock, faults, shop })
  const v3 = createV3Server({ settings, shop, refunds, bills, faults, signingKey: () => signing })
  const appid = settings.merchants[0]?.appid ?? ''
  const desk = createDeliveryDesk({
    appid,
    secret: settings.appSecret,
    shop,
    managed: () => tradeManaged,
  })

  const serve = (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname.startsWith('/v3/')) return v3.serve(request, response, url)
    if (url.pathname.startsWith('/sheet/')) return serveSheet(shop, request, response, url)
    return readBody(request).then((body) => {
      const parsed = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>)
      sendJson(response, desk.answer(url.pathname, url.searchParams, parsed))
    })
  }
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  return {
    listen: (port = 0): Promise<string> =>
      new Promise((resolve) => {
        server.listen(port, '127.0.0.1', () =>
          resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
        )
      }),
    close: (): Promise<void> => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
    faults,
    notices,
    orders: shop.all,
    load: shop.load,
    requests: v3.requests,
    shipments: desk.shipments,
    failDesk: desk.failNext,
    revokeTokens: desk.revokeTokens,
    giveCoupon: coupons.give,
    openSheet: (parameters: SheetParameters) => openSheet(shop, parameters),
    /** The payer's tap, without the page. */
    tap: (prepayId: string, outcome: SheetOutcome) => finishSheet(shop, prepayId, outcome),
    /** Success that arrives although the order was closed in the meantime. */
    payLate: (number: string) => {
      for (const order of shop.all()) if (order.number === number) shop.pay(order, true)
    },
    refundByHand: refunds.byHand,
    /** From now on this platform key signs what does not name one. */
    signWith: (id: string) => {
      signing = settings.platformKeys.find((one) => one.id === id) ?? signing
    },
    setTradeManaged: (managed: boolean) => {
      tradeManaged = managed
    },
  }
}

export type WeChatPaySimulator = ReturnType<typeof createWeChatPaySimulator>

function firstKey({ platformKeys }: Settings): PlatformKey {
  const [key] = platformKeys
  if (key === undefined) throw new Error('WeChat Pay has at least one key')
  return key
}
