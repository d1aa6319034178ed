import { createDelivery } from '../../src/cloud/wechat/delivery'
import type { Merchant } from '../../src/cloud/wechat/merchant'
import type { Order } from '../../src/cloud/wechat/order'
import { createWeChatPay } from '../../src/cloud/wechat/we-chat-pay'
import { fen } from '../../src/core/money'
import { handClock } from '../../src/simulators/clock'
import { seededChance } from '../../src/simulators/seeded-chance'
import { createWeChatPaySimulator } from '../../src/simulators/wechat-pay/create-we-chat-pay'
import { KEYS, TODAY } from './town'

export const APP = 'wx00000000wanjia01'
export const PROVIDER = '1900000100'
export const PAYEES = ['1900000201', '1900000202'] as const
export const PUBLIC_KEY_ID = 'PUB_KEY_ID_1'

/** The service provider as our client knows it. */
export function aMerchant(overrides: Partial<Merchant> = {}): Merchant {
  return {
    mode: 'partner',
    mchid: PROVIDER,
    appid: APP,
    certificateSerial: 'PROVIDER01',
    privateKeyPem: KEYS.provider.privateKey,
    apiV3Key: KEYS.providerApiV3Key,
    platformKeys: { [PUBLIC_KEY_ID]: KEYS.platformPublicKey.publicKey },
    platformKeyId: PUBLIC_KEY_ID,
    ...overrides,
  }
}

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9/notices'

let serial = 0

/** An order to one sub-merchant; `combined` is one to two of them. */
export function anOrder(overrides: Partial<Order> = {}): Order {
  serial += 1
  const number = `01ARZ3NDEKTSV4RRFFQ${String(serial).padStart(7, '0')}`
  const kind = overrides.kind ?? 'ordinary'
  const payees = kind === 'combined' ? PAYEES : PAYEES.slice(0, 1)
  return {
    kind,
    mode: 'partner',
    mchid: PROVIDER,
    orderNumber: `${number}${kind === 'combined' ? '00' : '01'}`,
    openid: 'o-payer',
    amount: fen(payees.length * 500),
    expiresAt: TODAY + 15 * 60_000,
    description: '京华供电',
    parts: payees.map((payeeId, index) => ({
      orderNumber: `${number}0${index + 1}`,
      payeeId,
      amount: fen(500),
      description: '京华供电',
      attach: 'wanjia',
    })),
    ...overrides,
  }
}

/** WeChat Pay's simulator and our client of it, on a clock that the test moves; no database. */
export async function weChatPayAtHand(notifyUrl = NOWHERE) {
  const clock = handClock(TODAY)
  const simulator = createWeChatPaySimulator({
    clock,
    chance: seededChance(1),
    appSecret: KEYS.appSecret,
    merchants: [
      {
        mchid: PROVIDER,
        appid: APP,
        name: '万家',
        certificateSerial: 'PROVIDER01',
        publicKeyPem: KEYS.provider.publicKey,
        apiV3Key: KEYS.providerApiV3Key,
        subMerchants: PAYEES.map((mchid) => ({ mchid, name: mchid })),
      },
    ],
    platformKeys: [{ id: PUBLIC_KEY_ID, privateKeyPem: KEYS.platformPublicKey.privateKey }],
  })
  const baseUrl = await simulator.listen()
  return {
    clock,
    simulator,
    baseUrl,
    client: weChatPayClient(baseUrl, clock.now, { notifyUrl }),
    close: () => simulator.close(),
  }
}

/** Our client of whatever answers at an address; it does not wait between tries. */
export function weChatPayClient(
  baseUrl: string,
  now: () => number,
  { merchant = aMerchant(), notifyUrl = NOWHERE } = {},
) {
  return createWeChatPay({
    baseUrl,
    merchants: [merchant],
    notifyUrl,
    delivery: createDelivery({ baseUrl, appid: APP, secret: KEYS.appSecret, now }),
    now,
    chance: () => 0,
    sleep: () => Promise.resolve(),
  })
}
