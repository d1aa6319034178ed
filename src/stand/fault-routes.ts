import type { BillerFaults } from '../simulators/biller/answer-call'
import type { Faults } from '../simulators/wechat-pay/faults'
import type { Neighbours } from './neighbours'
import { type StandRoute, sendJson } from './routes'

/** Rates from 0 to 1; those of the billers are the same for all of them. */
export type FaultRates = { weChatPay: Partial<Faults>; billers: Partial<BillerFaults> }

/** What goes wrong around the city, as it is set now; and the switches for it. */
export function faultRoutes({ weChatPay, billers }: Neighbours): StandRoute[] {
  const billerRates: Partial<BillerFaults> = {}
  const rates = (): FaultRates => ({ weChatPay: weChatPay.faults.rates(), billers: billerRates })
  return [
    {
      method: 'GET',
      path: '/stand/faults',
      answer: (_, response) => sendJson(response, rates()),
    },
    {
      method: 'POST',
      path: '/stand/faults',
      answer: ({ body }, response) => {
        const change = JSON.parse(body) as Partial<FaultRates>
        weChatPay.faults.set(change.weChatPay ?? {})
        Object.assign(billerRates, change.billers)
        for (const biller of billers.values()) biller.setFaults(change.billers ?? {})
        sendJson(response, rates())
      },
    },
    {
      method: 'POST',
      path: '/stand/pay-late',
      answer: (_, response) => {
        const closed = weChatPay.orders().filter((order) => order.state === 'CLOSED')
        const order = closed.at(-1)
        if (order !== undefined) weChatPay.payLate(order.number)
        sendJson(response, { ok: order !== undefined })
      },
    },
  ]
}
