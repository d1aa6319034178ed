import { answerHttp } from '../cloud/answer-http'
import type { Config } from '../cloud/config'
import { dispatch } from '../cloud/dispatcher'
import type { Log } from '../cloud/log'
import type { Ports } from '../cloud/use-cases/ports'
import { DEMO_PEOPLE } from './demo/people'
import { type StandRoute, sendJson } from './routes'

export type Cloud = { ports: Ports; config: Config; log: Log }

/** The cookie in which the stand, in the platform's place, remembers who holds the phone. */
export const WHO = 'wanjia-who'

/** Who holds the phone that these cookies came from; the first of the demo's people at first. */
export function callerOf(cookies: Record<string, string>): { openid: string } | undefined {
  const person = DEMO_PEOPLE.find((one) => one.openid === cookies[WHO]) ?? DEMO_PEOPLE[0]
  return person === undefined ? undefined : { openid: person.openid }
}

/** The deployed functions behind loopback: calls of the phone, and WeChat Pay's notices. */
export function apiRoutes({ ports, config, log }: Cloud, saved: () => void): StandRoute[] {
  return [
    {
      method: 'POST',
      path: '/api',
      answer: async ({ body, cookies }, response) => {
        sendJson(response, await dispatch({ ports, log }, callerOf(cookies), parsed(body)))
        saved()
      },
    },
    {
      method: 'POST',
      path: '/wechat-pay/notices',
      answer: async ({ body, raw }, response) => {
        const headers = Object.fromEntries(
          Object.entries(raw.headers).map(([name, value]) => [name, String(value)]),
        )
        const merchants = config.WECHAT_PAY_MERCHANTS
        const event = { path: '/wechat-pay/notices', httpMethod: 'POST', headers, body }
        const answered = await answerHttp({ ports, log, merchants }, event)
        response.writeHead(answered.statusCode, answered.headers)
        response.end(answered.body)
        saved()
      },
    },
  ]
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}
