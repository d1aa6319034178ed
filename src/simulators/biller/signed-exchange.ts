import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** The protocol's signature, from its description: five lines, Ed25519, both ways alike. */
const WINDOW_SECONDS = 300

function message(parts: readonly string[]): Buffer {
  return Buffer.from(`${parts.join('\n')}\n`)
}

function digest(body: string): string {
  return createHash('sha256').update(body).digest('hex')
}

/** Undefined when the request is signed by a known key and its clock is right; else what is wrong. */
export function requestFlaw(
  request: { method: string; path: string; headers: IncomingHttpHeaders; body: string },
  keys: Readonly<Record<string, string>>,
  now: number,
): 'headers' | 'clock' | 'key' | 'signature' | undefined {
  const timestamp = String(request.headers['wanjia-timestamp'] ?? '')
  const nonce = String(request.headers['wanjia-nonce'] ?? '')
  const keyId = String(request.headers['wanjia-key-id'] ?? '')
  const signature = String(request.headers['wanjia-signature'] ?? '')
  if (timestamp === '' || nonce === '' || keyId === '' || signature === '') return 'headers'
  if (!(Math.abs(now / 1000 - Number(timestamp)) <= WINDOW_SECONDS)) return 'clock'
  const pem = keys[keyId]
  if (pem === undefined) return 'key'
  const signed = message([
    `${request.method} ${request.path}`,
    timestamp,
    nonce,
    keyId,
    digest(request.body),
  ])
  return verify(null, signed, createPublicKey(pem), Buffer.from(signature, 'base64'))
    ? undefined
    : 'signature'
}

/** The headers that sign an answer; they name the request's nonce. */
export function answerSignature(
  key: { keyId: string; privateKeyPem: string },
  answer: { status: number; body: string; requestNonce: string; now: number },
): Record<string, string> {
  const timestamp = String(Math.floor(answer.now / 1000))
  const nonce = randomBytes(16).toString('hex')
  const subject = `ANSWER ${answer.status} ${answer.requestNonce}`
  const signed = message([subject, timestamp, nonce, key.keyId, digest(answer.body)])
  return {
    'Wanjia-Timestamp': timestamp,
    'Wanjia-Nonce': nonce,
    'Wanjia-Key-Id': key.keyId,
    'Wanjia-Signature': sign(null, signed, createPrivateKey(key.privateKeyPem)).toString('base64'),
  }
}
