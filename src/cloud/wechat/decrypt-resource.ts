import { Aes } from 'wechatpay-axios-plugin'

const KEY_BYTES = 32
const NONCE_BYTES = 12

export type Resource = {
  algorithm: string
  ciphertext: string
  nonce: string
  associated_data?: string | undefined
}

/**
 * Opens a notice's resource: AES-256-GCM only, with a key of exactly 32 bytes. Undefined when the
 * algorithm is another or the tag does not hold.
 */
export function decryptResource(resource: Resource, apiV3Key: string): string | undefined {
  if (Buffer.byteLength(apiV3Key) !== KEY_BYTES) throw new Error('an APIv3 key has 32 bytes')
  if (resource.algorithm !== 'AEAD_AES_256_GCM') return undefined
  if (Buffer.byteLength(resource.nonce) !== NONCE_BYTES) return undefined
  try {
    return Aes.AesGcm.decrypt(
      resource.ciphertext,
      apiV3Key,
      resource.nonce,
      resource.associated_data ?? '',
    )
  } catch {
    return undefined
  }
}
