import axios, { type AxiosInstance, type AxiosResponse } from 'axios'
import { Formatter, Rsa } from 'wechatpay-axios-plugin'
import type { Merchant } from './merchant'
import { signatureFlaw } from './verify-signature'
import { WeChatPayFault } from './we-chat-pay-fault'

export type TransportSettings = {
  baseUrl: string
  now: () => number
  /** 0 to 1, for the jitter between tries. */
  chance: () => number
  sleep: (milliseconds: number) => Promise<void>
}

/** An answer whose signature held: its status and its parsed body (undefined for 204). */
export type VerifiedAnswer = { status: number; body: unknown; requestId: string | undefined }

const TRIES = 3
const TIMEOUT_MS = 2_500
const PAUSE_MS = 250

/**
 * Sends a signed request and gives the verified answer, errors among them. Time-outs, lost
 * connections, 5xx, and answers whose signature does not hold are repeated with the same body and a
 * fresh signature, three times at most; then WeChatPayFault, the outcome being unknown.
 */
export function createTransport(settings: TransportSettings) {
  const http = axios.create({
    baseURL: settings.baseUrl,
    timeout: TIMEOUT_MS,
    responseType: 'text',
    transformRequest: (body: string | undefined) => body,
    transformResponse: (body: unknown) => body,
    validateStatus: () => true,
  })
  return async (
    merchant: Merchant,
    request: { method: 'GET' | 'POST'; path: string; body?: object },
  ): Promise<VerifiedAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(http, settings, merchant, request)
      } catch (error) {
        if (attempt === TRIES || !(error instanceof WeChatPayFault)) throw error
        await settings.sleep(PAUSE_MS * 2 ** attempt * (0.5 + settings.chance() / 2))
      }
    }
  }
}

export type Transport = ReturnType<typeof createTransport>

async function once(
  http: AxiosInstance,
  { now }: TransportSettings,
  merchant: Merchant,
  { method, path, body }: { method: 'GET' | 'POST'; path: string; body?: object },
): Promise<VerifiedAnswer> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const response = await http
    .request<string>({
      method,
      url: path,
      headers: headersFor(merchant, { method, path, text, now: now() }),
      ...(text === '' ? {} : { data: text }),
    })
    .catch((cause: unknown) => {
      throw new WeChatPayFault('NO_ANSWER', { cause })
    })
  return verified(merchant, response, now())
}

function headersFor(
  merchant: Merchant,
  { method, path, text, now }: { method: string; path: string; text: string; now: number },
): Record<string, string> {
  const nonce = Formatter.nonce()
  const timestamp = Math.floor(now / 1000)
  const signature = Rsa.sign(
    Formatter.request(method, path, timestamp, nonce, text),
    merchant.privateKeyPem,
  )
  return {
    Accept: 'application/json',
    'User-Agent': 'wanjia',
    Authorization: Formatter.authorization(
      merchant.mchid,
      nonce,
      signature,
      timestamp,
      merchant.certificateSerial,
    ),
    ...(text === '' ? {} : { 'Content-Type': 'application/json' }),
    ...(merchant.platformKeyId === undefined ? {} : { 'Wechatpay-Serial': merchant.platformKeyId }),
  }
}

/** 5xx is repeated unread; anything else counts only with WeChat's signature, errors included. */
function verified(
  merchant: Merchant,
  response: AxiosResponse<string>,
  now: number,
): VerifiedAnswer {
  const header = (name: string) => {
    const value: unknown = response.headers[name]
    return typeof value === 'string' ? value : undefined
  }
  const requestId = header('request-id')
  if (response.status >= 500) throw new WeChatPayFault(`HTTP_${response.status}`, { requestId })
  const text = response.data ?? ''
  const flaw = signatureFlaw(header, text, { platformKeys: merchant.platformKeys, now })
  if (flaw !== undefined) throw new WeChatPayFault(`UNVERIFIED_${flaw}`, { requestId })
  return {
    status: response.status,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
    requestId,
  }
}
