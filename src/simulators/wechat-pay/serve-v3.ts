import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../read-body'
import type { Bills } from './bills'
import { signingMerchant } from './check-signature'
import type { FaultControl } from './faults'
import type { Refunds } from './refunds'
import type { PlatformKey, Settings } from './settings'
import type { Shop } from './shop'
import { answerHeaders } from './sign-answer'
import { answerV3 } from './v3-routes'
import { errors, WeChatError } from './wechat-error'

/** How long a slow answer takes. */
const SLOW_MS = 3_000

type Served = { status: number; text: string; tail: number; key: PlatformKey }

/** A request as it was answered, at the simulator's time. */
export type V3Request = { at: number; method: string; path: string; status: number }

/** Serves /v3: checks the signature, answers or refuses like WeChat, signs, and fails on purpose. */
export function createV3Server(parts: {
  settings: Settings
  shop: Shop
  refunds: Refunds
  bills: Bills
  faults: FaultControl
  signingKey: () => PlatformKey
}) {
  const { settings, faults } = parts
  const requests: V3Request[] = []
  const serve = async (
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> => {
    const body = await readBody(request)
    if (url.pathname === parts.bills.path) return serveFile(parts, request, response, url)
    if (faults.happens('slow')) await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
    const served = answer(parts, request, url, body)
    requests.push({
      at: settings.clock.now(),
      method: request.method ?? '',
      path: url.pathname,
      status: served.status,
    })
    if (faults.happens('answerLost')) {
      request.socket.destroy()
      return
    }
    response.writeHead(served.status, {
      'Content-Type': 'application/json',
      'Request-ID': `08${settings.clock.now()}-${served.tail}`,
      ...signatureOf(served, settings.clock.now()),
    })
    response.end(served.text)
  }
  return {
    serve,
    requests: () => requests as readonly V3Request[],
  }
}

/** A day's file: to whoever signs, and itself unsigned; its hash was told before. */
function serveFile(
  { settings, bills }: { settings: Settings; bills: Bills },
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): void {
  const path = `${url.pathname}${url.search}`
  const bytes = bills.file(url.searchParams.get('token') ?? '')
  try {
    const sent = { method: request.method ?? '', path, headers: request.headers, body: '' }
    signingMerchant(sent, settings.merchants, settings.clock.now())
  } catch (error) {
    if (!(error instanceof WeChatError)) throw error
    response.writeHead(error.status).end()
    return
  }
  response.writeHead(bytes === undefined ? 404 : 200, { 'Content-Type': 'application/gzip' })
  response.end(bytes)
}

/** WeChat signs what it says to a request whose own signature held, and nothing else. */
function signatureOf({ status, key, text }: Served, now: number): Record<string, string> {
  return status === 401 ? {} : answerHeaders(key, text, now)
}

function answer(
  { settings, shop, refunds, bills, faults, signingKey }: Parameters<typeof createV3Server>[0],
  request: IncomingMessage,
  url: URL,
  body: string,
): Served {
  const asked = request.headers['wechatpay-serial']
  const key =
    asked === undefined ? signingKey() : settings.platformKeys.find((one) => one.id === asked)
  try {
    if (key === undefined) throw errors.parameter('Wechatpay-Serial is unknown')
    const sent = {
      method: request.method ?? '',
      path: `${url.pathname}${url.search}`,
      headers: request.headers,
      body,
    }
    const merchant = signingMerchant(sent, settings.merchants, settings.clock.now())
    if (faults.happens('tooManyRequests')) throw errors.frequency()
    if (faults.happens('serverError')) throw errors.system()
    const reply = answerV3(
      { shop, refunds, bills },
      {
        method: sent.method,
        path: url.pathname,
        query: url.searchParams,
        body: parsedBody(body),
        merchant,
        base: `http://${request.headers.host ?? ''}`,
      },
    )
    if (reply === undefined) throw errors.parameter('this path is not simulated')
    return {
      status: reply.status,
      text: reply.body === undefined ? '' : JSON.stringify(reply.body),
      tail: 0,
      key,
    }
  } catch (error) {
    if (!(error instanceof WeChatError)) throw error
    const text = JSON.stringify({ code: error.code, message: error.message })
    return { status: error.status, text, tail: error.tail, key: key ?? signingKey() }
  }
}

function parsedBody(body: string): unknown {
  if (body === '') return undefined
  try {
    return JSON.parse(body) as unknown
  } catch {
    throw errors.parameter('the body is not JSON')
  }
}
