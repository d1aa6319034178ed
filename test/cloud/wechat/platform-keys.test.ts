import { readConfig } from '../../../src/cloud/config'
import { checkedMerchant } from '../../../src/cloud/wechat/merchant'
import { readNotice } from '../../../src/cloud/wechat/read-notice'
import { answerHeaders, envelope } from '../../../src/simulators/wechat-pay/sign-answer'
import { scriptedServer } from '../../support/scripted-server'
import { selfSignedCertificate } from '../../support/self-signed-certificate'
import { KEYS, TODAY } from '../../support/town'
import {
  aMerchant,
  anOrder,
  PUBLIC_KEY_ID,
  weChatPayClient,
} from '../../support/we-chat-pay-at-hand'

const OLD_SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1'
const NEW_SERIAL = '7132D72A03E93CDDF8C03BBD1F37EEDF'
const oldCertificate = selfSignedCertificate(OLD_SERIAL)
const newCertificate = selfSignedCertificate(NEW_SERIAL)
const platformKeys = {
  [OLD_SERIAL]: oldCertificate.certificatePem,
  [NEW_SERIAL]: newCertificate.certificatePem,
  [PUBLIC_KEY_ID]: KEYS.platformPublicKey.publicKey,
}
const signers = [
  ['the old certificate', { id: OLD_SERIAL, privateKeyPem: oldCertificate.privateKeyPem }],
  ['the new certificate', { id: NEW_SERIAL, privateKeyPem: newCertificate.privateKeyPem }],
  ['the public key', { id: PUBLIC_KEY_ID, privateKeyPem: KEYS.platformPublicKey.privateKey }],
] as const

/** On its way from certificates to the public key, which it asks for by name. */
const merchant = aMerchant({ platformKeys })

const plain = {
  sp_appid: merchant.appid,
  sp_mchid: merchant.mchid,
  sub_mchid: '1900000201',
  out_trade_no: '01ARZ3NDEKTSV4RRFFQ69G5FAV01',
  transaction_id: '4200000001',
  trade_state: 'SUCCESS',
  success_time: '2026-11-16T14:16:30+08:00',
  payer: { sp_openid: 'o-payer' },
  amount: { total: 500, payer_total: 500, currency: 'CNY', payer_currency: 'CNY' },
}

describe('keys of WeChat Pay held side by side while they change', () => {
  it.each(signers)('a notice under %s is read', (_, key) => {
    const body = JSON.stringify(envelope(plain, merchant.apiV3Key, ''))
    const read = readNotice(
      { headers: answerHeaders(key, body, TODAY), rawBody: Buffer.from(body) },
      { merchants: [merchant], now: TODAY },
    )
    expect(read).toMatchObject({ ok: true, notice: { fact: { state: 'paid' } } })
  })

  it('a notice under one key’s serial and another’s signature is not', () => {
    const body = JSON.stringify(envelope(plain, merchant.apiV3Key, ''))
    const key = { id: OLD_SERIAL, privateKeyPem: newCertificate.privateKeyPem }
    const read = readNotice(
      { headers: answerHeaders(key, body, TODAY), rawBody: Buffer.from(body) },
      { merchants: [merchant], now: TODAY },
    )
    expect(read).toEqual({ ok: false, reason: 'bad-signature' })
  })

  const placed = async (key: (typeof signers)[number][1], holder: typeof merchant) => {
    const body = JSON.stringify({ prepay_id: 'wx-1' })
    const headers = answerHeaders(key, body, TODAY)
    const server = await scriptedServer(() => ({ status: 200, headers, body }))
    const client = weChatPayClient(server.url, () => TODAY, { merchant: holder })
    const answer = await client.order(anOrder()).finally(() => server.close())
    return { answer, asked: server.heard[0]?.headers['wechatpay-serial'] }
  }

  it.each(signers)('an answer under %s is believed', async (_, key) => {
    const { answer, asked } = await placed(key, merchant)
    expect([answer, asked]).toEqual([{ prepayId: 'wx-1' }, PUBLIC_KEY_ID])
  })

  it('a merchant of certificates alone asks for no key by name', async () => {
    const { platformKeyId: _, ...others } = merchant
    const { [PUBLIC_KEY_ID]: __, ...certificates } = platformKeys
    const { asked } = await placed(signers[1][1], { ...others, platformKeys: certificates })
    expect(asked).toBeUndefined()
  })
})

describe('a merchant’s keys at the start', () => {
  it('are taken from the configuration, certificate or public key', () => {
    const key = { keyId: 'k', privateKeyPem: KEYS.ours.privateKey }
    const config = readConfig({
      DATABASE_URL: 'postgres://embedded',
      WECHAT_APP_ID: merchant.appid,
      WECHAT_APP_SECRET: 's',
      WECHAT_PAY_NOTIFY_URL: 'https://wanjia.example/notices',
      WECHAT_PAY_MERCHANTS: JSON.stringify([merchant]),
      BILLER_CALLER_KEY: JSON.stringify(key),
      BILLER_ENDPOINTS: '{}',
      PERSONAL_DATA_KEYS: JSON.stringify({ current: 'p', byId: { p: KEYS.personalData } }),
      PERSONAL_DATA_LOOK_UP_KEY: KEYS.lookUp,
      RECEIPT_KEYS: JSON.stringify({
        keyId: 'r',
        secretKey: KEYS.receiptSecret,
        publicKeys: { r: KEYS.receiptPublic },
      }),
    })
    const [read] = config.WECHAT_PAY_MERCHANTS
    expect(checkedMerchant(read as typeof merchant).platformKeys).toEqual(platformKeys)
  })

  it.each([
    ['an APIv3 key of another length', { apiV3Key: 'testAPIv3Key0000' }, 'not 32 bytes'],
    ['no key of WeChat Pay', { platformKeys: {} }, 'holds no key'],
    ['a key that is none', { platformKeys: { [PUBLIC_KEY_ID]: '-----BEGIN' } }, 'unreadable'],
    ['a key of another kind', { platformKeys: { [PUBLIC_KEY_ID]: KEYS.ours.publicKey } }, 'RSA'],
    [
      'a certificate under another’s serial',
      { platformKeys: { ...platformKeys, [OLD_SERIAL]: newCertificate.certificatePem } },
      `is the certificate ${NEW_SERIAL}`,
    ],
  ])('with %s stop it, and no secret is told', (_, change, says) => {
    const flawed = aMerchant(change)
    expect(() => checkedMerchant(flawed)).toThrow(says)
    expect(() => checkedMerchant(flawed)).not.toThrow(flawed.apiV3Key)
  })
})
