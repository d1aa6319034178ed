import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request at the stand: its address and its body, once it was read. */
export type StandRequest = {
  method: string
  url: URL
  cookies: Record<string, string>
  body: string
  raw: IncomingMessage
}
export type StandRoute = {
  method: string
  path: string
  answer: (request: StandRequest, response: ServerResponse) => Promise<void> | void
}

export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
  })
  response.end(JSON.stringify(body))
}

export function cookiesOf(request: IncomingMessage): Record<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
  return Object.fromEntries(
    pairs.filter(([name]) => name).map(([name, value]) => [name, decodeURIComponent(value ?? '')]),
  )
}
