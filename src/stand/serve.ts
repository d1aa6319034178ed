import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { readBody } from '../simulators/read-body'
import type { StandPages } from './pages'
import { cookiesOf, type StandRequest, type StandRoute } from './routes'

export type Places = {
  routes: readonly StandRoute[]
  /** WeChat's own pages; absent while there is no city. */
  sheets: ((request: StandRequest, response: ServerResponse) => void) | undefined
  pages: StandPages
}

/** No port is free for the stand. */
export class PortsTaken extends Error {
  constructor(
    readonly first: number,
    readonly last: number,
  ) {
    super(`no port is free from ${first} to ${last}`)
    this.name = 'PortsTaken'
  }
}

/** The stand's one address: routes, the pay sheet, the phones with both builds. */
export function createStandServer(places: () => Places): Server {
  return createServer((raw, response) => {
    answer(places(), raw, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
}

async function answer(
  places: Places,
  raw: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(raw.url ?? '/', 'http://127.0.0.1')
  const method = raw.method ?? 'GET'
  const body = method === 'POST' ? await readBody(raw) : ''
  const request: StandRequest = { method, url, cookies: cookiesOf(raw), body, raw }
  const route = places.routes.find((one) => one.method === method && one.path === url.pathname)
  if (route !== undefined) return route.answer(request, response)
  if (url.pathname.startsWith('/sheet/') && places.sheets !== undefined)
    return places.sheets(request, response)
  if (places.pages(url, response)) return
  response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end('not here')
}

/** Listens on the first free port from `first` on; gives the port. Throws PortsTaken. */
export async function listenFrom(server: Server, first: number, ports: number): Promise<number> {
  for (let port = first; port < first + ports; port += 1) {
    if (await listens(server, port)) return port
  }
  throw new PortsTaken(first, first + ports - 1)
}
function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    }
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed)
      resolve(true)
    })
  })
}
