import type { ServerResponse } from 'node:http'
import { request as httpRequest } from 'node:http'
import type { StandRequest } from './routes'

/**
 * Hands a request on to a neighbour, so that its pages come from the stand's own address.
 * `answered` runs when the neighbour has acted and before anybody hears of it.
 */
export function handOn(
  to: string,
  { method, url, body, raw }: StandRequest,
  response: ServerResponse,
  answered: () => void,
): void {
  const onward = httpRequest(
    `${to}${url.pathname}${url.search}`,
    { method, headers: { ...raw.headers, host: new URL(to).host } },
    (answer) => {
      answered()
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    },
  )
  onward.on('error', () => response.destroy())
  onward.end(body)
}
