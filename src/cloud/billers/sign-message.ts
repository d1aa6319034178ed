import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'

/**
 * Signatures of the open biller protocol (docs/biller-protocol.yaml), both ways alike: Ed25519 over
 * five lines: what it is, the time in seconds, a nonce, the key's id, and SHA-256 of the body.
 */
export type SigningKey = { keyId: string; privateKeyPem: string }

const WINDOW_SECONDS = 300

/** `subject` is 'POST /path?query' for a request, 'ANSWER 200 <nonce of the request>' for an answer. */
export function signedHeaders(
  key: SigningKey,
  subject: string,
  body: string,
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const nonce = randomBytes(16).toString('hex')
  const message = lines({ subject, timestamp, nonce, keyId: key.keyId, digest: digestOf(body) })
  return {
    'wanjia-timestamp': timestamp,
    'wanjia-nonce': nonce,
    'wanjia-key-id': key.keyId,
    'wanjia-signature': sign(null, message, createPrivateKey(key.privateKeyPem)).toString('base64'),
  }
}

/** SHA-256 of a body, in hexadecimal. */
export function digestOf(body: string): string {
  return createHash('sha256').update(body).digest('hex')
}

/** True when the headers sign this subject and a body of this digest under a held key, within five minutes. */
export function isSigned(
  header: (name: string) => string | null,
  {
    subject,
    digest,
    keys,
    now,
  }: { subject: string; digest: string; keys: Readonly<Record<string, string>>; now: number },
): boolean {
  const timestamp = header('wanjia-timestamp')
  const nonce = header('wanjia-nonce')
  const keyId = header('wanjia-key-id')
  const signature = header('wanjia-signature')
  if (!timestamp || !nonce || !keyId || !signature) return false
  if (!(Math.abs(Math.floor(now / 1000) - Number(timestamp)) <= WINDOW_SECONDS)) return false
  const pem = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined
  if (pem === undefined) return false
  const message = lines({ subject, timestamp, nonce, keyId, digest })
  return verify(null, message, createPublicKey(pem), Buffer.from(signature, 'base64'))
}

function lines(of: {
  subject: string
  timestamp: string
  nonce: string
  keyId: string
  digest: string
}): Buffer {
  return Buffer.from(
    [of.subject, of.timestamp, of.nonce, of.keyId, of.digest].map((line) => `${line}\n`).join(''),
  )
}
