import { createVerify } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { SimulatedMerchant } from './settings'
import { errors } from './wechat-error'

const SCHEME = 'WECHATPAY2-SHA256-RSA2048 '
const WINDOW_SECONDS = 300

/**
 * Checks the Authorization of a request over the exact path and raw body, and gives the merchant
 * that signed. Throws SIGN_ERROR or PARAM_ERROR like WeChat.
 */
export function signingMerchant(
  request: { method: string; path: string; headers: IncomingHttpHeaders; body: string },
  merchants: readonly SimulatedMerchant[],
  now: number,
): SimulatedMerchant {
  const { method, path, headers, body } = request
  checkHeaders(headers, body)
  const fields = authorizationFields(headers.authorization ?? '')
  const merchant = merchants.find((one) => one.mchid === fields.mchid)
  if (merchant === undefined || merchant.certificateSerial !== fields.serial_no) {
    throw errors.signature('the merchant or its certificate serial is unknown')
  }
  if (!(Math.abs(now / 1000 - Number(fields.timestamp)) <= WINDOW_SECONDS)) {
    throw errors.signature('the timestamp is more than five minutes off')
  }
  const message = `${method}\n${path}\n${fields.timestamp}\n${fields.nonce_str}\n${body}\n`
  const holds = createVerify('RSA-SHA256')
    .update(message)
    .verify(merchant.publicKeyPem, fields.signature ?? '', 'base64')
  if (!holds) throw errors.signature('the signature does not hold')
  return merchant
}

function checkHeaders(headers: IncomingHttpHeaders, body: string): void {
  if (headers['user-agent'] === undefined || headers['user-agent'] === '')
    throw errors.parameter('User-Agent is missing')
  if (!/application\/json|\*\/\*/.test(headers.accept ?? ''))
    throw errors.parameter('Accept is not application/json')
  if (body !== '' && !(headers['content-type'] ?? '').startsWith('application/json')) {
    throw errors.parameter('Content-Type is not application/json')
  }
}

function authorizationFields(authorization: string): Record<string, string> {
  if (!authorization.startsWith(SCHEME))
    throw errors.signature('the authorization scheme is another')
  const fields: Record<string, string> = {}
  for (const match of authorization.slice(SCHEME.length).matchAll(/(\w+)="([^"]*)"/g)) {
    fields[match[1] ?? ''] = match[2] ?? ''
  }
  for (const name of ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no']) {
    if (!fields[name]) throw errors.signature(`${name} is missing`)
  }
  if ((fields.nonce_str ?? '').length > 32) throw errors.signature('nonce_str is too long')
  return fields
}
