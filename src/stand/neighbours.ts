import { loadManifests } from '../cloud/billers/load-manifests'
import { type BillerSimulator, createBillerSimulator } from '../simulators/biller/create-biller'
import type { Clock } from '../simulators/clock'
import type { Chance } from '../simulators/seeded-chance'
import {
  createWeChatPaySimulator,
  type WeChatPaySimulator,
} from '../simulators/wechat-pay/create-we-chat-pay'
import type { DemoKeys } from './make-keys'

export const DEMO_APP_ID = 'wx00000000wanjia01'
const PROVIDER = '1900000100'
const UTILITY = '1900000301'
export const PUBLIC_KEY_ID = 'PUB_KEY_ID_0119000001002026'
const CERTIFICATE_SERIAL = '5E1D0C0FFEE0000000000000000000000000CE27'

export type Neighbours = {
  weChatPay: WeChatPaySimulator
  /** One simulator per biller that has a system of its own. */
  billers: ReadonlyMap<string, BillerSimulator>
  /** The environment that points the cloud functions at them. */
  environment: Record<string, string>
  close: () => Promise<void>
}

/** As the manifest has it: what the contract says of WeChat's fee. */
const UTILITY_FEE_PER_MILLION = 2_000

/** Starts WeChat Pay and every biller with a system of its own, on loopback. */
export async function startNeighbours(
  keys: DemoKeys,
  world: { clock: Clock; chance: Chance; notifyUrl: string; weChatPayPort?: number },
): Promise<Neighbours> {
  const weChatPay = createWeChatPaySimulator({
    clock: world.clock,
    chance: world.chance,
    appSecret: keys.appSecret,
    merchants: simulatedMerchants(keys),
    platformKeys: [
      { id: PUBLIC_KEY_ID, privateKeyPem: keys.platformPublicKey.privateKey },
      { id: CERTIFICATE_SERIAL, privateKeyPem: keys.platformCertificate.privateKey },
    ],
  })
  const weChatPayUrl = await weChatPay.listen(world.weChatPayPort)
  const billers = new Map<string, BillerSimulator>()
  const endpoints: Record<string, object> = {}
  for (const manifest of loadManifests()) {
    if (manifest.posting.adapter !== 'http') continue
    const biller = createBillerSimulator({
      prefix: manifest.id
        .split('-')
        .map((word) => word.charAt(0))
        .join('')
        .toUpperCase(),
      key: { keyId: 'biller-1', privateKeyPem: keys.biller.privateKey },
      callers: { 'wanjia-1': keys.ours.publicKey },
      clock: world.clock,
      chance: world.chance,
    })
    billers.set(manifest.id, biller)
    endpoints[manifest.id] = {
      baseUrl: await biller.listen(),
      keys: { 'biller-1': keys.biller.publicKey },
    }
  }
  return {
    weChatPay,
    billers,
    environment: environmentFor(keys, { weChatPayUrl, notifyUrl: world.notifyUrl, endpoints }),
    close: async () => {
      await weChatPay.close()
      await Promise.all([...billers.values()].map((biller) => biller.close()))
    },
  }
}

/** Whom WeChat Pay knows in the demo city: the service provider, and a utility with a merchant of its own. */
export function simulatedMerchants(keys: DemoKeys) {
  const partners = loadManifests().flatMap(({ payee, legalName }) =>
    payee.mode === 'partner' ? [{ mchid: payee.subMchid, name: legalName }] : [],
  )
  return [
    {
      mchid: PROVIDER,
      appid: DEMO_APP_ID,
      name: '万家',
      certificateSerial: 'PROVIDER01',
      publicKeyPem: keys.provider.publicKey,
      apiV3Key: keys.providerApiV3Key,
      subMerchants: partners,
    },
    {
      mchid: UTILITY,
      appid: DEMO_APP_ID,
      name: '浦江燃气有限公司',
      certificateSerial: 'UTILITY01',
      publicKeyPem: keys.utility.publicKey,
      apiV3Key: keys.utilityApiV3Key,
      feePerMillion: UTILITY_FEE_PER_MILLION,
    },
  ]
}

/** What points the cloud functions at WeChat Pay and the billers that answer at these addresses. */
export function environmentFor(
  keys: DemoKeys,
  at: { weChatPayUrl: string; notifyUrl: string; endpoints: object },
): Record<string, string> {
  const platformKeys = {
    [PUBLIC_KEY_ID]: keys.platformPublicKey.publicKey,
    [CERTIFICATE_SERIAL]: keys.platformCertificate.publicKey,
  }
  const merchant = { appid: DEMO_APP_ID, platformKeys, platformKeyId: PUBLIC_KEY_ID }
  return {
    DATABASE_URL: 'postgres://embedded',
    WECHAT_APP_ID: DEMO_APP_ID,
    WECHAT_APP_SECRET: keys.appSecret,
    WECHAT_API_URL: at.weChatPayUrl,
    WECHAT_PAY_URL: at.weChatPayUrl,
    WECHAT_PAY_NOTIFY_URL: at.notifyUrl,
    WECHAT_PAY_MERCHANTS: JSON.stringify([
      {
        ...merchant,
        mode: 'partner',
        mchid: PROVIDER,
        certificateSerial: 'PROVIDER01',
        privateKeyPem: keys.provider.privateKey,
        apiV3Key: keys.providerApiV3Key,
      },
      {
        ...merchant,
        mode: 'direct',
        mchid: UTILITY,
        certificateSerial: 'UTILITY01',
        privateKeyPem: keys.utility.privateKey,
        apiV3Key: keys.utilityApiV3Key,
      },
    ]),
    BILLER_CALLER_KEY: JSON.stringify({ keyId: 'wanjia-1', privateKeyPem: keys.ours.privateKey }),
    BILLER_ENDPOINTS: JSON.stringify(at.endpoints),
    PERSONAL_DATA_KEYS: JSON.stringify({ current: 'p1', byId: { p1: keys.personalData } }),
    PERSONAL_DATA_LOOK_UP_KEY: keys.lookUp,
    RECEIPT_KEYS: JSON.stringify({
      keyId: 'r1',
      secretKey: keys.receiptSecret,
      publicKeys: { r1: keys.receiptPublic },
    }),
  }
}
