import { CBORTag, type CBORType, encodeCBOR } from '@levischuck/tiny-cbor'
import { ed25519 } from '@noble/curves/ed25519'
import { toBase45 } from './base45'
import { type ReceiptBody, toCborMap } from './receipt-body'
import { ALGORITHM, asciiBytes, COSE_SIGN1, EDDSA, KEY_ID, signedBytes } from './signed-bytes'

/** How our codes begin; a code without it is not ours. */
export const RECEIPT_PREFIX = 'WJ1:'

/**
 * Signs a receipt: COSE_Sign1 with EdDSA (RFC 9052, 9053), Base45 behind 'WJ1:'. `sign` gives
 * the 64 bytes of Ed25519 over what it is handed. Ed25519 is deterministic, so the same body and key
 * give the same text.
 */
export function sealReceipt(
  body: ReceiptBody,
  key: { keyId: string; sign: (bytes: Uint8Array) => Uint8Array },
): string {
  const header = encodeCBOR(
    new Map<string | number, CBORType>([
      [ALGORITHM, EDDSA],
      [KEY_ID, asciiBytes(key.keyId)],
    ]),
  )
  const payload = encodeCBOR(toCborMap(body))
  const signature = key.sign(signedBytes(header, payload))
  const message = encodeCBOR(new CBORTag(COSE_SIGN1, [header, new Map(), payload, signature]))
  return RECEIPT_PREFIX + toBase45(message)
}

/** The public key that verifies what a 32-byte secret key signs. */
export function publicKeyOf(secretKey: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secretKey)
}
