import { createCipheriv, createSign, randomBytes } from 'node:crypto'
import type { PlatformKey } from './settings'

/** The Wechatpay-* headers over a raw body; `spoil` makes a signature probe of it. */
export function answerHeaders(
  key: PlatformKey,
  body: string,
  now: number,
  spoil = false,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const nonce = randomBytes(16).toString('hex')
  const signature = createSign('RSA-SHA256')
    .update(`${timestamp}\n${nonce}\n${body}\n`)
    .sign(key.privateKeyPem, 'base64')
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': key.id,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
    'Wechatpay-Signature': spoil ? `WECHATPAY/SIGNTEST/${signature.slice(19)}` : signature,
  }
}

/** A notice's envelope around its encrypted plaintext (AES-256-GCM under the APIv3 key). */
export function envelope(
  plain: object,
  apiV3Key: string,
  at: string,
  event = 'TRANSACTION.SUCCESS',
): object {
  const type = event.startsWith('REFUND.') ? 'refund' : 'transaction'
  const nonce = randomBytes(6).toString('hex')
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce)
  cipher.setAAD(Buffer.from(type))
  const sealed = Buffer.concat([
    cipher.update(JSON.stringify(plain), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ])
  return {
    id: `EV-${randomBytes(12).toString('hex')}`,
    create_time: at,
    resource_type: 'encrypt-resource',
    event_type: event,
    summary: type === 'refund' ? '退款通知' : '支付成功',
    resource: {
      original_type: type,
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: sealed.toString('base64'),
      associated_data: type,
      nonce,
    },
  }
}
