/** A merchant that places orders: the service provider, or a utility of its own. */
export type Merchant = {
  mode: 'direct' | 'partner'
  mchid: string
  appid: string
  /** Serial of the merchant's certificate, as WeChat knows it. */
  certificateSerial: string
  privateKeyPem: string
  /** Exactly 32 ASCII characters. */
  apiV3Key: string
  /** WeChat Pay's public keys (PEM) by id: `PUB_KEY_ID_…` and platform certificate serials at once. */
  platformKeys: Readonly<Record<string, string>>
  /** Public-key mode: sent as Wechatpay-Serial with every request, so that answers use that key. */
  platformKeyId?: string
}

/** Asserts what WeChat fixes about a merchant's keys; the message names the merchant, no secret. */
export function checkedMerchant(merchant: Merchant): Merchant {
  if (Buffer.byteLength(merchant.apiV3Key) !== 32) {
    throw new Error(`the APIv3 key of merchant ${merchant.mchid} is not 32 bytes long`)
  }
  if (Object.keys(merchant.platformKeys).length === 0) {
    throw new Error(`merchant ${merchant.mchid} holds no key of WeChat Pay`)
  }
  return merchant
}
