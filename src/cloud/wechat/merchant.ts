import { createPublicKey, X509Certificate } from 'node:crypto'

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
  /**
   * WeChat Pay's keys by id, several at once while they change: a public key (PEM) under its
   * `PUB_KEY_ID_…`, a platform certificate (PEM) or its bare key under the certificate's serial.
   */
  platformKeys: Readonly<Record<string, string>>
  /** Public-key mode: sent as Wechatpay-Serial with every request, so that answers use that key. */
  platformKeyId?: string
}

/** Asserts what WeChat fixes about a merchant's keys; the message names the merchant, no secret. */
export function checkedMerchant(merchant: Merchant): Merchant {
  const { mchid, platformKeys } = merchant
  if (Buffer.byteLength(merchant.apiV3Key) !== 32) {
    throw new Error(`the APIv3 key of merchant ${mchid} is not 32 bytes long`)
  }
  if (Object.keys(platformKeys).length === 0) {
    throw new Error(`merchant ${mchid} holds no key of WeChat Pay`)
  }
  for (const [id, pem] of Object.entries(platformKeys)) {
    const flaw = platformKeyFlaw(id, pem)
    if (flaw !== undefined) throw new Error(`key ${id} of merchant ${mchid} ${flaw}`)
  }
  return merchant
}

/** A key that cannot be read, or stands under another's id, would make every notice a bad one. */
function platformKeyFlaw(id: string, pem: string): string | undefined {
  try {
    if (createPublicKey(pem).asymmetricKeyType !== 'rsa') return 'is not an RSA key'
    if (!pem.includes('BEGIN CERTIFICATE')) return undefined
    const serial = new X509Certificate(pem).serialNumber
    return serial === id.toUpperCase() ? undefined : `is the certificate ${serial}`
  } catch {
    return 'is unreadable'
  }
}
