import type { LogEntry } from '../cloud/log'
import { WHO } from './api-routes'
import { DEMO_PEOPLE } from './demo/people'
import { messages } from './messages'
import type { Neighbours } from './neighbours'
import { type StandRoute, sendJson } from './routes'

/** What the visitor has in hand also while there is no city: who am I, and begin anew. */
export function visitorRoutes(reset: () => Promise<void>): StandRoute[] {
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
      method: 'POST',
      path: '/stand/reset',
      answer: async (_, response) => {
        await reset()
        sendJson(response, { ok: true })
      },
    },
  ]
}

/** The city's time, and what was said between its parts. */
export function eventRoute(parts: {
  neighbours: Neighbours
  log: readonly (LogEntry & { at: number })[]
  now: () => number
}): StandRoute {
  return {
    method: 'GET',
    path: '/stand/events',
    answer: (_, response) =>
      sendJson(response, {
        now: parts.now(),
        messages: messages(parts.neighbours.weChatPay, parts.log),
      }),
  }
}
