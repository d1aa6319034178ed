import { answerHttp } from '../../../src/cloud/answer-http'
import { answerHeaders, envelope } from '../../../src/simulators/wechat-pay/sign-answer'
import { transactionOf } from '../../../src/simulators/wechat-pay/transaction'
import { paymentOf, start, WANG } from '../../support/payer'
import { aTown, KEYS, type Town } from '../../support/town'

const PUBLIC_KEY_ID = 'PUB_KEY_ID_0119000001002026'
const CERTIFICATE = '5E1D0C0FFEE0000000000000000000000000CE27'

describe('a notice of WeChat Pay', () => {
  let town: Town
  beforeAll(async () => {
    town = await aTown()
  })
  afterAll(() => town.close())

  /** The body of a true notice for a fresh, unpaid payment; `change` spoils its plaintext. */
  const aNotice = async (
    billerId: string,
    change: (plain: Record<string, unknown>) => object = (plain) => plain,
  ) => {
    const { paymentId } = await start(town, WANG, billerId)
    const order = town.weChatPay.orders().at(-1)
    if (order === undefined) throw new Error('no order')
    const paid = {
      ...order,
      state: 'SUCCESS' as const,
      paidAt: town.clock.now(),
      shares: order.shares.map((share) => ({ ...share, transactionId: `4200${share.number}` })),
    }
    const body = JSON.stringify(
      envelope(
        change(transactionOf(paid) as Record<string, unknown>),
        KEYS.providerApiV3Key,
        '2026-11-16T14:17:00+08:00',
      ),
    )
    return { paymentId, body }
  }
  const deliver = (body: string, headers: Record<string, string>, encoded = false) =>
    answerHttp(
      { ports: town.ports, log: () => undefined, merchants: town.config.WECHAT_PAY_MERCHANTS },
      {
        path: '/wechat-pay/notices',
        httpMethod: 'POST',
        headers,
        body: encoded ? Buffer.from(body).toString('base64') : body,
        isBase64Encoded: encoded ? 'true' : false,
      },
    )
  const signed = (body: string, id = PUBLIC_KEY_ID, at = town.clock.now(), spoil = false) =>
    answerHeaders(
      {
        id,
        privateKeyPem:
          id === CERTIFICATE
            ? KEYS.platformCertificate.privateKey
            : KEYS.platformPublicKey.privateKey,
      },
      body,
      at,
      spoil,
    )
  const stateOf = async (paymentId: string) => (await paymentOf(town, WANG, paymentId)).state

  it('is refused, and nothing written, when it is forged, stale, mis-keyed, probing or garbled', async () => {
    const { paymentId, body } = await aNotice('jinghua-power')
    const forged = {
      ...signed(body),
      'Wechatpay-Signature': signed(`${body} `)['Wechatpay-Signature'] as string,
    }
    expect((await deliver(body, forged)).statusCode).toBe(401)
    expect(
      (await deliver(body, signed(body, PUBLIC_KEY_ID, town.clock.now() - 301_000))).statusCode,
    ).toBe(401)
    expect(
      (await deliver(body, { ...signed(body), 'Wechatpay-Serial': 'PUB_KEY_ID_999' })).statusCode,
    ).toBe(401)
    expect(
      (await deliver(body, signed(body, PUBLIC_KEY_ID, town.clock.now(), true))).statusCode,
    ).toBe(401)
    expect((await deliver(body, {})).statusCode).toBe(401)
    expect((await deliver('{}', signed('{}'))).statusCode).toBe(401)
    expect((await deliver('not json', signed('not json'))).statusCode).toBe(401)
    const otherKey = JSON.stringify(envelope({}, 'x'.repeat(32), ''))
    expect((await deliver(otherKey, signed(otherKey))).statusCode).toBe(401)
    expect(await stateOf(paymentId)).toBe('awaiting')
  })

  it('is taken under a public key and under a platform certificate, plain and in base64, in any case', async () => {
    const first = await aNotice('shenjiang-water')
    expect((await deliver(first.body, signed(first.body))).statusCode).toBe(204)
    expect(await stateOf(first.paymentId)).toBe('paid')
    const second = await aNotice('shencheng-power')
    const lower = Object.fromEntries(
      Object.entries(signed(second.body, CERTIFICATE)).map(([name, value]) => [
        name.toLowerCase(),
        value,
      ]),
    )
    expect((await deliver(second.body, lower, true)).statusCode).toBe(204)
    expect(await stateOf(second.paymentId)).toBe('paid')
    expect((await deliver(second.body, signed(second.body))).statusCode).toBe(204)
  })

  it.each([
    ['another amount', { amount: { total: 1, payer_total: 1 } }],
    ['another payer', { payer: { sp_openid: 'o-else' } }],
    ['another sub-merchant', { sub_mchid: '1900000201' }],
    ['another app', { sp_appid: 'wx-else' }],
    ['an unknown order', { out_trade_no: `${'0'.repeat(26)}01` }],
  ])('of %s is refused and writes nothing', async (_, change) => {
    const { paymentId, body } = await aNotice('yanjing-water', (plain) => ({ ...plain, ...change }))
    expect((await deliver(body, signed(body))).statusCode).toBeGreaterThanOrEqual(400)
    expect(await stateOf(paymentId)).toBe('awaiting')
    await town.pass(16 * 60_000)
    await town.jobs()
  })

  it('is for POST on its path only', async () => {
    expect((await deliver('', {})).statusCode).toBe(401)
    const other = await answerHttp(
      { ports: town.ports, log: () => undefined, merchants: town.config.WECHAT_PAY_MERCHANTS },
      { path: '/', httpMethod: 'GET', headers: {} },
    )
    expect(other.statusCode).toBe(404)
  })
})
