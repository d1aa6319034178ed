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
    billerIds: string | readonly string[],
    change: (plain: Record<string, unknown>) => object = (plain) => plain,
  ) => {
    const { paymentId } = await start(town, WANG, ...[billerIds].flat())
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

  /** Refused, nothing written, and the payment is closed later as if nothing had come. */
  const expectRefused = async ({ paymentId, body }: { paymentId: string; body: string }) => {
    expect((await deliver(body, signed(body))).statusCode).toBeGreaterThanOrEqual(400)
    expect(await stateOf(paymentId)).toBe('awaiting')
    await town.pass(16 * 60_000)
    await town.jobs()
    expect(await stateOf(paymentId)).toBe('closed')
  }
  const amount = { total: 9000, payer_total: 9000, currency: 'CNY', payer_currency: 'CNY' }

  it.each([
    ['another amount', { amount: { ...amount, total: 1, payer_total: 1 } }],
    ['another currency', { amount: { ...amount, currency: 'HKD' } }],
    ['no currency', { amount: { total: 9000, payer_total: 9000 } }],
    ['a payer who gave more than it cost', { amount: { ...amount, payer_total: 9001 } }],
    ['another payer', { payer: { sp_openid: 'o-else' } }],
    ['a payer of the utility’s own app', { payer: { openid: WANG } }],
    ['no payer', { payer: undefined }],
    ['another sub-merchant', { sub_mchid: '1900000201' }],
    ['no sub-merchant', { sub_mchid: undefined }],
    ['another provider', { sp_mchid: '1900009999' }],
    ['another app', { sp_appid: 'wx-else' }],
    ['no transaction', { transaction_id: undefined }],
    ['no time', { success_time: undefined }],
    ['money that did not come', { trade_state: 'NOTPAY' }],
    ['an unknown order', { out_trade_no: `${'0'.repeat(26)}01` }],
  ])('of %s is refused and writes nothing', async (_, change) => {
    await expectRefused(await aNotice('yanjing-water', (plain) => ({ ...plain, ...change })))
  })

  type Part = Record<string, unknown>
  const first = (parts: Part[], change: Part) =>
    parts.map((part, index) => (index === 0 ? { ...part, ...change } : part))

  it.each<[string, (parts: Part[]) => object]>([
    [
      'one part of another amount',
      (parts) => ({
        sub_orders: first(parts, {
          amount: { total_amount: 1, payer_amount: 1, currency: 'CNY' },
        }),
      }),
    ],
    [
      'one part in another currency',
      (parts) => ({
        sub_orders: first(parts, { amount: { ...(parts[0]?.amount as object), currency: 'USD' } }),
      }),
    ],
    [
      'one part to another payee',
      (parts) => ({ sub_orders: first(parts, { sub_mchid: parts[1]?.sub_mchid }) }),
    ],
    [
      'one part through another provider',
      (parts) => ({ sub_orders: first(parts, { mchid: '1900009999' }) }),
    ],
    [
      'one part to the provider itself',
      (parts) => ({ sub_orders: first(parts, { sub_mchid: undefined }) }),
    ],
    [
      'one part of another number',
      (parts) => ({ sub_orders: first(parts, { out_trade_no: `${'0'.repeat(26)}01` }) }),
    ],
    [
      'one part that is not paid',
      (parts) => ({ sub_orders: first(parts, { trade_state: 'NOTPAY' }) }),
    ],
    ['a missing part', (parts) => ({ sub_orders: parts.slice(1) })],
    [
      'an extra part',
      (parts) => ({ sub_orders: [...parts, { ...parts[0], out_trade_no: 'EXTRA-1' }] }),
    ],
    ['the same part twice', (parts) => ({ sub_orders: [parts[0], parts[0]] })],
    ['no payer', () => ({ combine_payer_info: undefined })],
    ['another payer', () => ({ combine_payer_info: { openid: 'o-else' } })],
    ['another provider', () => ({ combine_mchid: '1900009999' })],
    ['another app', () => ({ combine_appid: 'wx-else' })],
    [
      'the number of one part for the whole',
      (parts) => ({ combine_out_trade_no: parts[0]?.out_trade_no }),
    ],
  ])('of a combined order with %s is refused and writes nothing', async (_, change) => {
    await expectRefused(
      await aNotice(['yanjing-water', 'jinghua-power'], (plain) => ({
        ...plain,
        ...change(plain.sub_orders as Part[]),
      })),
    )
  })

  it('of a combined order as it was placed is taken', async () => {
    const { paymentId, body } = await aNotice(['yanjing-water', 'jinghua-power'])
    expect((await deliver(body, signed(body))).statusCode).toBe(204)
    expect(await stateOf(paymentId)).toBe('paid')
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
