import type { WeChatPayFault } from '../../../src/cloud/wechat/we-chat-pay-fault'
import { answerHeaders } from '../../../src/simulators/wechat-pay/sign-answer'
import { type Heard, type Said, scriptedServer } from '../../support/scripted-server'
import { KEYS, TODAY } from '../../support/town'
import {
  APP,
  anOrder,
  PUBLIC_KEY_ID,
  weChatPayAtHand,
  weChatPayClient,
} from '../../support/we-chat-pay-at-hand'

const key = { id: PUBLIC_KEY_ID, privateKeyPem: KEYS.platformPublicKey.privateKey }
const signed =
  (status: number, body = '', spoil = false) =>
  (): Said => ({ status, headers: answerHeaders(key, body, TODAY, spoil), body })
const unsigned =
  (status: number, body = '') =>
  (): Said => ({ status, body })
const error = (code: string) => JSON.stringify({ code, message: 'said so' })
const PLACED = JSON.stringify({ prepay_id: 'wx-1' })

/** What our client makes of these answers, and what it sent. */
async function against<Result>(
  answers: (() => Said)[],
  work: (client: ReturnType<typeof weChatPayClient>) => Promise<Result>,
): Promise<{ outcome: Result | WeChatPayFault; heard: readonly Heard[] }> {
  const server = await scriptedServer(...answers)
  const client = weChatPayClient(server.url, () => TODAY)
  const outcome = await work(client).catch((fault: WeChatPayFault) => fault)
  await server.close()
  return { outcome, heard: server.heard }
}

describe('an answer of WeChat Pay', () => {
  it.each([
    ['no answer at all', () => 'hang-up' as const],
    ['a server that is unwell', unsigned(502, '<html>')],
    ['SYSTEM_ERROR', signed(500, error('SYSTEM_ERROR'))],
    ['SYSTEMERROR', signed(500, error('SYSTEMERROR'))],
    ['BANK_ERROR', signed(500, error('BANK_ERROR'))],
    ['a probe', signed(200, PLACED, true)],
    ['a success that is not signed', unsigned(200, PLACED)],
  ])('%s is followed by the same order with a fresh signature', async (_, first) => {
    const order = anOrder()
    const { outcome, heard } = await against([first, signed(200, PLACED)], (client) =>
      client.order(order),
    )
    expect(outcome).toEqual({ prepayId: 'wx-1' })
    expect(heard.map(({ body }) => JSON.parse(body).out_trade_no)).toEqual([
      order.orderNumber,
      order.orderNumber,
    ])
    expect(heard[0]?.body).toBe(heard[1]?.body)
    expect(heard[0]?.headers.authorization).not.toBe(heard[1]?.headers.authorization)
  })

  it.each([
    ['PARAM_ERROR', signed(400, error('PARAM_ERROR')), 'PARAMERROR'],
    ['too many requests', signed(429, error('FREQUENCY_LIMITED')), 'FREQUENCYLIMITED'],
    [
      'another payer’s openid, said as 500',
      signed(500, error('OPENID_MISMATCH')),
      'OPENIDMISMATCH',
    ],
    ['a wrong signature of ours, never signed', unsigned(401, error('SIGN_ERROR')), 'UNVERIFIED'],
    ['a success without JSON', signed(200, 'not json'), 'UNREADABLE'],
    ['a success without a prepay id', signed(200, '{}'), 'UNEXPECTED'],
  ])('%s is not repeated, and a fault', async (_, answer, code) => {
    const { outcome, heard } = await against([answer], (client) => client.order(anOrder()))
    expect(outcome).toMatchObject({ name: 'WeChatPayFault', code })
    expect(heard).toHaveLength(1)
  })

  it('is asked for three times at most; then the outcome is unknown', async () => {
    const { outcome, heard } = await against([signed(500, error('SYSTEM_ERROR'))], (client) =>
      client.order(anOrder()),
    )
    expect(outcome).toMatchObject({ name: 'WeChatPayFault', code: 'SYSTEMERROR' })
    expect(heard).toHaveLength(3)
  })

  it('that does not come in time is asked for again', async () => {
    const { outcome, heard } = await against([() => 'silence', signed(200, PLACED)], (client) =>
      client.order(anOrder()),
    )
    expect(outcome).toEqual({ prepayId: 'wx-1' })
    expect(heard).toHaveLength(2)
  })
})

describe('closing an order', () => {
  it.each([
    ['closed', signed(204)],
    ['closed', signed(400, error('ORDER_CLOSED'))],
    ['paid', signed(400, error('ORDERPAID'))],
    ['paid', signed(500, error('ORDER_PAID'))],
    ['busy', signed(429, error('FREQUENCY_LIMITED'))],
    ['busy', signed(429, error('FREQUENCY_LIMIT_EXCEED'))],
    ['busy', signed(202, error('USER_PAYING'))],
  ] as const)('is %s', async (expected, answer) => {
    const { outcome, heard } = await against([answer], (client) => client.close(anOrder()))
    expect(outcome).toBe(expected)
    expect(heard).toHaveLength(1)
  })

  it.each([
    ['that it is paid', unsigned(500, error('ORDERPAID'))],
    ['that it is closed', unsigned(400, error('ORDER_CLOSED'))],
    ['success', unsigned(204)],
  ])('is unknown when somebody unsigned says %s', async (_, answer) => {
    const { outcome } = await against([answer], (client) => client.close(anOrder()))
    expect(outcome).toMatchObject({ name: 'WeChatPayFault', code: 'UNVERIFIED' })
  })
})

describe('asking for an order', () => {
  const order = anOrder()
  const found = (change: object = {}) => ({
    sp_appid: APP,
    sp_mchid: order.mchid,
    sub_mchid: order.parts[0]?.payeeId,
    out_trade_no: order.orderNumber,
    trade_state: 'NOTPAY',
    ...change,
  })
  const ask = async (answer: () => Said) =>
    (await against([answer], (client) => client.query(order))).outcome

  it('finds it absent only on WeChat’s signed word', async () => {
    const absent = error('ORDER_NOT_EXIST')
    expect(await ask(signed(404, absent))).toMatchObject({ state: 'absent' })
    expect(await ask(unsigned(404, absent))).toMatchObject({ code: 'UNVERIFIED' })
  })

  it.each([
    ['of another number', { out_trade_no: 'ANOTHER-NUMBER' }],
    ['of another merchant', { sp_mchid: '1900009999' }],
    ['of another app', { sp_appid: 'wx-else' }],
  ])('is a fault when the answer is %s', async (_, change) => {
    expect(await ask(signed(200, JSON.stringify(found())))).toMatchObject({ state: 'not-paid' })
    const answer = await ask(signed(200, JSON.stringify(found(change))))
    expect(answer).toMatchObject({ name: 'WeChatPayFault', code: 'OTHER_ORDER' })
  })
})

describe('the client and WeChat Pay’s simulator', () => {
  let hand: Awaited<ReturnType<typeof weChatPayAtHand>>
  beforeEach(async () => {
    hand = await weChatPayAtHand()
  })
  afterEach(() => hand.close())

  it('place one order when the answer to the first try comes too late, or never', async () => {
    hand.simulator.faults.next('slow')
    expect((await hand.client.order(anOrder())).prepayId).toMatch(/^wx/)
    hand.simulator.faults.next('answerLost')
    expect((await hand.client.order(anOrder({ kind: 'combined' }))).prepayId).toMatch(/^wx/)
    expect(hand.simulator.orders()).toHaveLength(2)
  })
})
