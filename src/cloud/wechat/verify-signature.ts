import { createPublicKey, type KeyObject } from 'node:crypto'
import { Formatter, Rsa } from 'wechatpay-axios-plugin'

/** WeChat refuses clocks more than five minutes off, and so do we. */
const WINDOW_SECONDS = 300

export type SignatureFlaw = 'missing-header' | 'stale' | 'unknown-key' | 'bad-signature'

/**
 * Checks WeChat's signature over the raw body, before anything is parsed: headers complete, time
 * within the window, key chosen by serial among several, RSA-SHA256. A probe (a signature that
 * starts `WECHATPAY/SIGNTEST/`) fails like any bad signature. Undefined when all holds.
 */
export function signatureFlaw(
  header: (name: string) => string | undefined,
  rawBody: string,
  { platformKeys, now }: { platformKeys: Readonly<Record<string, string>>; now: number },
): SignatureFlaw | undefined {
  const timestamp = header('wechatpay-timestamp')
  const nonce = header('wechatpay-nonce')
  const serial = header('wechatpay-serial')
  const signature = header('wechatpay-signature')
  if (!timestamp || !nonce || !serial || !signature) return 'missing-header'
  const seconds = Number(timestamp)
  if (!Number.isInteger(seconds) || Math.abs(Math.floor(now / 1000) - seconds) > WINDOW_SECONDS)
    return 'stale'
  const key = Object.hasOwn(platformKeys, serial) ? platformKeys[serial] : undefined
  if (key === undefined) return 'unknown-key'
  return verifies(Formatter.response(timestamp, nonce, rawBody), signature, key)
    ? undefined
    : 'bad-signature'
}

/** Keys come from the configuration alone, so there are few; parsing one costs more than verifying. */
const parsed = new Map<string, KeyObject>()

function keyOf(pem: string): KeyObject {
  const known = parsed.get(pem)
  if (known !== undefined) return known
  const key = createPublicKey(pem)
  parsed.set(pem, key)
  return key
}

/** A signature that cannot even be decoded is a bad one. */
function verifies(message: string, signature: string, publicKey: string): boolean {
  try {
    return Rsa.verify(message, signature, keyOf(publicKey))
  } catch {
    return false
  }
}
