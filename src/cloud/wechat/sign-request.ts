import { Formatter, Rsa } from 'wechatpay-axios-plugin'
import type { Merchant } from './merchant'

/** When something is signed, in seconds, and its random text. Fixed by tests that recompute WeChat's examples. */
export type Stamp = { timestamp: number; nonce: string }

type Signer = Pick<Merchant, 'mchid' | 'certificateSerial' | 'privateKeyPem'>

export function newStamp(now: number): Stamp {
  return { timestamp: Math.floor(now / 1000), nonce: Formatter.nonce() }
}

/**
 * The Authorization of a request: method, path with query, time, nonce and the body exactly as sent,
 * five lines. pay.weixin.qq.com/doc/v3/merchant/4012365336
 */
export function authorization(
  merchant: Signer,
  { method, path, text }: { method: string; path: string; text: string },
  { timestamp, nonce }: Stamp,
): string {
  const signature = Rsa.sign(
    Formatter.request(method, path, timestamp, nonce, text),
    merchant.privateKeyPem,
  )
  const { mchid, certificateSerial } = merchant
  return Formatter.authorization(mchid, nonce, signature, timestamp, certificateSerial)
}

/** What opens the sheet is signed: app, time, nonce and package, four lines. pay.weixin.qq.com/doc/v3/merchant/4012365341 */
export function paySign(
  merchant: Pick<Merchant, 'appid' | 'privateKeyPem'>,
  prepay: string,
  { timestamp, nonce }: Stamp,
): string {
  const message = Formatter.joinedByLineFeed(merchant.appid, String(timestamp), nonce, prepay)
  return Rsa.sign(message, merchant.privateKeyPem)
}
