import { encodeCBOR } from '@levischuck/tiny-cbor'

/** COSE (RFC 9052): label 1 is the algorithm, 4 the key id; EdDSA is algorithm −8. */
export const ALGORITHM = 1
export const KEY_ID = 4
export const EDDSA = -8
/** The CBOR tag of a COSE_Sign1 message. */
export const COSE_SIGN1 = 18

/** What is signed in a COSE_Sign1 message (RFC 9052, section 4.4). */
export function signedBytes(protectedHeader: Uint8Array, payload: Uint8Array): Uint8Array {
  return encodeCBOR(['Signature1', protectedHeader, new Uint8Array(0), payload])
}

/** ASCII text as bytes; the mini-program's JavaScript may lack TextEncoder. */
export function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

export function asciiText(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
