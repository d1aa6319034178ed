import { createSign, createVerify } from 'node:crypto'
import { handClock } from '../../src/simulators/clock'
import { seededChance } from '../../src/simulators/seeded-chance'
import { createWeChatPaySimulator } from '../../src/simulators/wechat-pay/create-we-chat-pay'
import { makeKeys } from '../../src/stand/make-keys'

const NOW = Date.parse('2026-11-16T14:17:00+08:00')
const KEYS = makeKeys()
const APP = 'wx00000000wanjia01'
const PATH = '/v3/pay/partner/transactions/jsapi'
const clock = handClock(NOW)

const order = (change: object = {}) => ({
  sp_appid: APP,
  sp_mchid: '1900000100',
  sub_mchid: '1900000203',
  description: '京华供电 2026 年 10 月',
  out_trade_no: '01ARZ3NDEKTSV4RRFFQ69G5FAV01',
  time_expire: '2026-11-16T14:32:00+08:00',
  notify_url: 'http://127.0.0.1:9/notices',
  amount: { total: 24_565, currency: 'CNY' },
  payer: { sp_openid: 'o-payer' },
  ...change,
})

describe('the WeChat Pay simulator, spoken to by hand', () => {
  const simulator = createWeChatPaySimulator({
    clock,
    chance: seededChance(1),
    appSecret: KEYS.appSecret,
    merchants: [
      {
        mchid: '1900000100',
        appid: APP,
        name: '万家',
        certificateSerial: 'PROVIDER01',
        publicKeyPem: KEYS.provider.publicKey,
        apiV3Key: KEYS.providerApiV3Key,
        subMerchants: [{ mchid: '1900000203', name: '京华供电有限公司' }],
      },
    ],
    platformKeys: [{ id: 'PUB_KEY_ID_1', privateKeyPem: KEYS.platformPublicKey.privateKey }],
  })
  let url = ''
  beforeAll(async () => {
    url = await simulator.listen()
  })
  afterAll(() => simulator.close())

  const ask = async (
    method: string,
    path: string,
    body?: object,
    { at = NOW, serial = 'PROVIDER01', key = KEYS.provider.privateKey } = {},
  ) => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const seconds = Math.floor(at / 1000)
    const signature = createSign('RSA-SHA256')
      .update(`${method}\n${path}\n${seconds}\nn0nce\n${text}\n`)
      .sign(key, 'base64')
    const sent = `mchid="1900000100",nonce_str="n0nce",timestamp="${seconds}",serial_no="${serial}",signature="${signature}"`
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        Authorization: `WECHATPAY2-SHA256-RSA2048 ${sent}`,
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'User-Agent': 'test',
      },
      ...(text === '' ? {} : { body: text }),
    })
    const raw = await answer.text()
    return {
      status: answer.status,
      headers: answer.headers,
      raw,
      body: raw === '' ? {} : JSON.parse(raw),
    }
  }

  test('takes an order, and signs its answer over the raw body', async () => {
    const { status, headers, raw, body } = await ask('POST', PATH, order())
    expect([status, typeof body.prepay_id]).toEqual([200, 'string'])
    const message = `${headers.get('wechatpay-timestamp')}\n${headers.get('wechatpay-nonce')}\n${raw}\n`
    const holds = createVerify('RSA-SHA256')
      .update(message)
      .verify(KEYS.platformPublicKey.publicKey, headers.get('wechatpay-signature') ?? '', 'base64')
    expect([headers.get('wechatpay-serial'), holds]).toEqual(['PUB_KEY_ID_1', true])
  })

  test.each([
    ['an unknown field', order({ colour: 'red' }), 400, 'PARAM_ERROR'],
    [
      'another amount under the same number',
      order({ amount: { total: 1, currency: 'CNY' } }),
      403,
      'OUT_TRADE_NO_USED',
    ],
    [
      'a sub-merchant that is not its own',
      order({ sub_mchid: '1900009999', out_trade_no: 'ORDER-B1' }),
      403,
      'NO_AUTH',
    ],
    [
      'another app',
      order({ sp_appid: 'wx-other', out_trade_no: 'ORDER-B2' }),
      400,
      'APPID_MCHID_NOT_MATCH',
    ],
    [
      'an amount in yuan',
      order({ amount: { total: 245.65, currency: 'CNY' }, out_trade_no: 'ORDER-B3' }),
      400,
      'PARAM_ERROR',
    ],
    [
      'an expiry that has passed',
      order({ time_expire: '2026-11-16T14:00:00+08:00', out_trade_no: 'ORDER-B4' }),
      400,
      'PARAM_ERROR',
    ],
  ] as const)('refuses %s', async (_, body, status, code) => {
    const answer = await ask('POST', PATH, body)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  test.each([
    ['a clock six minutes off', { at: NOW - 6 * 60_000 }],
    ['another certificate', { serial: 'OTHER' }],
    ['another key', { key: KEYS.utility.privateKey }],
  ])('refuses %s', async (_, change) => {
    const answer = await ask('POST', PATH, order({ out_trade_no: 'ORDER-C1' }), change)
    expect([answer.status, answer.body.code]).toEqual([401, 'SIGN_ERROR'])
  })

  test('gives the same order for the same number and contents', async () => {
    expect((await ask('POST', PATH, order())).status).toBe(200)
    expect(simulator.orders()).toHaveLength(1)
  })

  test('knows no order that was never placed, and closes one that was', async () => {
    const query = '?sp_mchid=1900000100&sub_mchid=1900000203'
    const one = '/v3/pay/partner/transactions/out-trade-no'
    const absent = await ask('GET', `${one}/NEVER${query}`)
    expect([absent.status, absent.body.code]).toEqual([404, 'ORDER_NOT_EXIST'])
    const number = order().out_trade_no
    const close = { sp_mchid: '1900000100', sub_mchid: '1900000203' }
    expect((await ask('POST', `${one}/${number}/close`, close)).status).toBe(204)
    expect((await ask('GET', `${one}/${number}${query}`)).body.trade_state).toBe('CLOSED')
  })

  test('fails on purpose where it is told to, exactly once', async () => {
    simulator.faults.next('tooManyRequests')
    expect((await ask('POST', PATH, order({ out_trade_no: 'ORDER-D1' }))).status).toBe(429)
    expect((await ask('POST', PATH, order({ out_trade_no: 'ORDER-D1' }))).status).toBe(200)
    simulator.faults.next('answerLost')
    await expect(ask('POST', PATH, order({ out_trade_no: 'ORDER-D2' }))).rejects.toThrow()
    expect(simulator.orders().map((one) => one.number)).toContain('ORDER-D2')
  })
})
