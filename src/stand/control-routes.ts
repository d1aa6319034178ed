import type { LogEntry } from '../cloud/log'
import type { BillerFaults } from '../simulators/biller/create-biller'
import type { Faults } from '../simulators/wechat-pay/faults'
import { WHO } from './api-routes'
import { DEMO_PEOPLE } from './demo/people'
import { messages } from './messages'
import type { Neighbours } from './neighbours'
import { type StandRoute, sendJson } from './routes'

type Change = { weChatPay?: Partial<Faults>; biller?: string; billerFaults?: Partial<BillerFaults> }

/** What stands beside the phone: who am I, faults, what was said between the parts, reset. */
export function controlRoutes(parts: {
  neighbours: Neighbours
  log: readonly (LogEntry & { at: number })[]
  reset: () => Promise<void>
}): StandRoute[] {
  const { neighbours } = parts
  return [
    {
      method: 'GET',
      path: '/stand/people',
      answer: ({ cookies }, response) =>
        sendJson(response, { people: DEMO_PEOPLE, who: cookies[WHO] ?? DEMO_PEOPLE[0]?.openid }),
    },
    {
      method: 'POST',
      path: '/stand/who',
      answer: ({ body }, response) => {
        const { openid } = JSON.parse(body) as { openid: string }
        const known = DEMO_PEOPLE.some((person) => person.openid === openid)
        const cookie = `${WHO}=${encodeURIComponent(openid)}; Path=/; HttpOnly; SameSite=Lax`
        sendJson(response, { ok: known }, known ? 200 : 404, known ? { 'Set-Cookie': cookie } : {})
      },
    },
    {
      method: 'GET',
      path: '/stand/faults',
      answer: (_, response) =>
        sendJson(response, {
          weChatPay: neighbours.weChatPay.faults.rates(),
          billers: [...neighbours.billers.keys()],
        }),
    },
    {
      method: 'POST',
      path: '/stand/faults',
      answer: ({ body }, response) => {
        const change = JSON.parse(body) as Change
        if (change.weChatPay !== undefined) neighbours.weChatPay.faults.set(change.weChatPay)
        if (change.billerFaults !== undefined)
          neighbours.billers.get(change.biller ?? '')?.setFaults(change.billerFaults)
        sendJson(response, { ok: true })
      },
    },
    {
      method: 'GET',
      path: '/stand/events',
      answer: (_, response) =>
        sendJson(response, { messages: messages(neighbours.weChatPay, parts.log) }),
    },
    {
      method: 'POST',
      path: '/stand/reset',
      answer: async (_, response) => {
        await parts.reset()
        sendJson(response, { ok: true })
      },
    },
  ]
}
