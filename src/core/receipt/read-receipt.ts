import { CBORTag, decodeCBOR } from '@levischuck/tiny-cbor'
import { ed25519 } from '@noble/curves/ed25519'
import { fromBase45 } from './base45'
import { fromCborMap, type ReceiptBody } from './receipt-body'
import { RECEIPT_PREFIX } from './seal-receipt'
import { ALGORITHM, asciiText, COSE_SIGN1, EDDSA, KEY_ID, signedBytes } from './signed-bytes'

/** Ed25519 (RFC 8032). */
const SIGNATURE_BYTES = 64

export type ReadReceipt =
  | { ok: true; body: ReceiptBody; keyId: string }
  | { ok: false; reason: 'foreign' | 'torn' | 'unknown-key' | 'forged' }

/**
 * Reads and verifies a receipt's code without network. Refusals in order: foreign (not our prefix),
 * torn (not a whole message), unknown-key, forged (the signature does not hold).
 */
export function readReceipt(text: string, keys: Readonly<Record<string, Uint8Array>>): ReadReceipt {
  const code = text.trim()
  if (!code.startsWith(RECEIPT_PREFIX)) return { ok: false, reason: 'foreign' }
  const bytes = fromBase45(code.slice(RECEIPT_PREFIX.length))
  const message = bytes === null ? null : openMessage(bytes)
  if (message === null) return { ok: false, reason: 'torn' }
  const { header, payload, signature, keyId } = message
  const publicKey = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined
  if (publicKey === undefined) return { ok: false, reason: 'unknown-key' }
  if (signature.length !== SIGNATURE_BYTES) return { ok: false, reason: 'torn' }
  if (!ed25519.verify(signature, signedBytes(header, payload), publicKey)) {
    return { ok: false, reason: 'forged' }
  }
  const body = fromCborMap(decoded(payload))
  return body === null ? { ok: false, reason: 'torn' } : { ok: true, body, keyId }
}

type Message = { header: Uint8Array; payload: Uint8Array; signature: Uint8Array; keyId: string }

function openMessage(bytes: Uint8Array): Message | null {
  const outer = decoded(bytes)
  if (!(outer instanceof CBORTag) || outer.tag !== COSE_SIGN1 || !Array.isArray(outer.value))
    return null
  const [header, unprotected, payload, signature] = outer.value as unknown[]
  if (outer.value.length !== 4 || !(unprotected instanceof Map) || unprotected.size !== 0)
    return null
  if (!isBytes(header) || !isBytes(payload) || !isBytes(signature)) return null
  const fields = decoded(header)
  if (!(fields instanceof Map) || fields.get(ALGORITHM) !== EDDSA) return null
  const keyId: unknown = fields.get(KEY_ID)
  return isBytes(keyId) ? { header, payload, signature, keyId: asciiText(keyId) } : null
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array
}

function decoded(bytes: Uint8Array): unknown {
  try {
    return decodeCBOR(bytes)
  } catch {
    return undefined
  }
}
