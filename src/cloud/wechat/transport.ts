import axios, { type AxiosInstance, type AxiosResponse } from 'axios'
import { codeOf, isPassing } from './error-codes'
import type { Merchant } from './merchant'
import { authorization, newStamp } from './sign-request'
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

type Request = { method: 'GET' | 'POST'; path: string; body?: object }

const TRIES = 3
const TIMEOUT_MS = 2_500
const PAUSE_MS = 250

/**
 * Sends a signed request and gives WeChat's word, errors among them: an answer counts only once its
 * signature held. What may pass (no answer, an unverifiable success, 5xx, SYSTEM_ERROR, BANK_ERROR)
 * is repeated with the same body and a fresh signature, three times in all; then WeChatPayFault, the
 * outcome being unknown.
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
  return async (merchant: Merchant, request: Request): Promise<VerifiedAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await send(http, settings, merchant, request)
      const told = 'fault' in response ? response : read(merchant, response, settings.now())
      if ('answer' in told) return told.answer
      if (attempt === TRIES || !told.passes) throw told.fault
      await settings.sleep(PAUSE_MS * 2 ** attempt * (0.5 + settings.chance() / 2))
    }
  }
}

export type Transport = ReturnType<typeof createTransport>

/** Why there is no word of WeChat's, and whether the same request may do better in a moment. */
type NoWord = { fault: WeChatPayFault; passes: boolean }

async function send(
  http: AxiosInstance,
  { now }: TransportSettings,
  merchant: Merchant,
  { method, path, body }: Request,
): Promise<AxiosResponse<string> | NoWord> {
  const text = body === undefined ? '' : JSON.stringify(body)
  try {
    return await http.request<string>({
      method,
      url: path,
      headers: {
        Accept: 'application/json',
        'User-Agent': 'wanjia',
        Authorization: authorization(merchant, { method, path, text }, newStamp(now())),
        ...(text === '' ? {} : { 'Content-Type': 'application/json' }),
        ...(merchant.platformKeyId === undefined
          ? {}
          : { 'Wechatpay-Serial': merchant.platformKeyId }),
      },
      ...(text === '' ? {} : { data: text }),
    })
  } catch (cause) {
    return { fault: new WeChatPayFault('NO_ANSWER', { cause }), passes: true }
  }
}

/**
 * WeChat signs its answer to every request whose own signature held, errors included, so that a
 * signed error is its word whatever the status (ORDERPAID has been seen as 4xx and as 500). What its
 * gateway says by itself (401, some 429, 502) comes unsigned and decides nothing here; an unsigned
 * success is to be taken as forged. wechatpay-api.gitbook.io/wechatpay-api-v3, 签名验证
 */
function read(
  merchant: Merchant,
  response: AxiosResponse<string>,
  now: number,
): { answer: VerifiedAnswer } | NoWord {
  const header = (name: string) => {
    const value: unknown = response.headers[name]
    return typeof value === 'string' ? value : undefined
  }
  const { status } = response
  const text = response.data ?? ''
  const requestId = header('request-id')
  const body = parse(text)
  const code = codeOf({ status, body })
  const flaw = signatureFlaw(header, text, { platformKeys: merchant.platformKeys, now })
  if (flaw !== undefined) {
    const message = `${status}, ${flaw}${code === undefined ? '' : `, says ${code}`}`
    const fault = new WeChatPayFault('UNVERIFIED', { requestId, message })
    return { fault, passes: status < 300 || status >= 500 }
  }
  if (isPassing(status, code))
    return { fault: new WeChatPayFault(code ?? `HTTP${status}`, { requestId }), passes: true }
  if (body === undefined && text !== '')
    return { fault: new WeChatPayFault('UNREADABLE', { requestId }), passes: false }
  return { answer: { status, body, requestId } }
}

/** Undefined for an empty body, and for one that is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
