import type { ServerResponse } from 'node:http'
import type { WeChatPaySimulator } from '../simulators/wechat-pay/create-we-chat-pay'
import { callerOf } from './api-routes'
import { DEMO_APP_ID } from './neighbours'
import { handOn } from './proxy'
import { type StandRequest, type StandRoute, sendJson } from './routes'

/**
 * wx.requestPayment's way to WeChat: the client itself adds which mini-program asks and who holds
 * the phone; the page says neither.
 */
export function sheetRoute(weChatPay: WeChatPaySimulator): StandRoute {
  return {
    method: 'POST',
    path: '/sheet/open',
    answer: ({ body, cookies }, response) => {
      const parameters = JSON.parse(body) as Parameters<WeChatPaySimulator['openSheet']>[0]
      const openid = callerOf(cookies)?.openid ?? ''
      sendJson(response, weChatPay.openSheet({ ...parameters, appId: DEMO_APP_ID, openid }))
    },
  }
}

/**
 * WeChat's own pages under the stand's address: the sheet and the taps on it. WeChat has written
 * down what it did before the payer sees it done, so a kill after that forgets no money.
 */
export function serveSheets(weChatPayUrl: string, written: () => void) {
  return (request: StandRequest, response: ServerResponse): void =>
    handOn(weChatPayUrl, request, response, written)
}
