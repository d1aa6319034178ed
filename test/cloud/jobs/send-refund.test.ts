import { type Database, statement, timestamp } from '../../../src/cloud/postgres/database'
import { claimTask, type TaskKey } from '../../../src/cloud/postgres/outbox'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { retryTask } from '../../../src/cloud/postgres/person-list'
import {
  markRefundSent,
  refundsOf,
  requestRefund,
  takeInRefund,
} from '../../../src/cloud/postgres/refunds'
import { sendRefund } from '../../../src/cloud/use-cases/send-refund'
import type { Order } from '../../../src/cloud/wechat/order'
import type { Refund, RefundFact } from '../../../src/cloud/wechat/refund'
import type { WeChatPay } from '../../../src/cloud/wechat/we-chat-pay'
import { WeChatPayFault } from '../../../src/cloud/wechat/we-chat-pay-fault'
import { fen } from '../../../src/core/money'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, type ItemToStore, paidFactOf, shareOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const MINUTE_MS = 60_000
/** Two of one order, one of another. */
const ITEMS: ItemToStore[] = [
  { orderNo: 1, principal: 100, lateFee: 0 },
  { orderNo: 1, principal: 200, lateFee: 20 },
  { orderNo: 2, principal: 300, lateFee: 0 },
]
const TASK = statement(
  'test-refund-task',
  `select done_at is not null as "isDone", person_reason as person, next_at as "nextAt" from outbox_task
   where payment_id = $1 and kind = 'refund' and item_no = $2::int`,
)
const ENDED = statement(
  'test-refund-ended',
  `update refund set state = $3::text, finished_at = requested_at,
     payer_fen = case when $3::text <> 'declined' then amount_fen end,
     wechat_refund_id = case when $3::text <> 'declined' then 'w' end,
     sent_at = case when $3::text <> 'declined' then requested_at end,
     declined_for = case when $3::text = 'declined' then 'no' end
   where payment_id = $1 and refund_no = $2::int`,
)
const CREDITED = statement(
  'test-refund-of-credited',
  `update refund set needs_reversal = true, reversed_at = $3::timestamptz, reversal_number = case when $3 is not null then 'R' end
   where payment_id = $1 and refund_no = $2::int`,
)

describe(`a refund on its way to WeChat, on the ${engineName()} engine`, () => {
  let database: Database
  let now: number
  let said: [string, Order, Refund][]
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(() => {
    now = TODAY
    said = []
  })

  type Answer = Partial<RefundFact> | 'absent' | Error
  const factOf = (refund: Refund, answer: Partial<RefundFact>): RefundFact => ({
    state: 'processing',
    refundNumber: refund.refundNumber,
    wechatRefundId: 'w-1',
    orderNumber: refund.orderNumber,
    amount: refund.amount,
    payerAmount: refund.amount,
    ...answer,
  })
  const answering = (name: string, answer: Answer) => async (order: Order, refund: Refund) => {
    said.push([name, order, refund])
    if (answer instanceof Error) throw answer
    return answer === 'absent' ? undefined : factOf(refund, answer)
  }
  /** Sends with a WeChat that answers so when it is asked for the money, and when it is asked about it. */
  const send = async (
    { paymentId, refundNo }: { paymentId: string; refundNo: number },
    answer: Answer = {},
    known: Answer = 'absent',
  ) => {
    const key: TaskKey = { paymentId, kind: 'refund', itemNo: refundNo }
    const claimed = await claimTask(database, key, now, 0)
    const weChatPay = {
      refund: answering('refund', answer) as WeChatPay['refund'],
      queryRefund: answering('query', known),
    }
    await sendRefund(portsOver(database, { now: () => now, weChatPay }), {
      ...key,
      attempts: claimed?.attempts ?? 0,
    })
  }
  const paid = async () => {
    const paymentId = await aStoredPayment(database, ITEMS)
    await recordPaid(database, { paymentId, fact: paidFactOf(paymentId, ITEMS) }, TODAY)
    return paymentId
  }
  const approved = async (paymentId: string, itemNo: number, amount: number) => {
    const refund = { paymentId, refundNo: itemNo, itemNo, amountFen: fen(amount), actor: 'jobs' }
    const asked = { ...refund, reason: 'twice', rule: 'duplicate' as const }
    expect(await requestRefund(database, asked, now)).toBe('approved')
    return { paymentId, refundNo: itemNo }
  }
  const taskOf = async ({ paymentId, refundNo }: { paymentId: string; refundNo: number }) =>
    (await database.run<{ nextAt: number }>(TASK, [paymentId, refundNo]))[0]
  const stateOf = async ({ paymentId, refundNo }: { paymentId: string; refundNo: number }) =>
    (await refundsOf(database, paymentId)).find((one) => one.refundNo === refundNo)?.state
  const names = () => said.map(([name]) => name)

  it('is asked for under its number, of its own share of the order, and looked after a minute later', async () => {
    const paymentId = await paid()
    const refund = await approved(paymentId, 2, 220)
    await send(refund)
    const share = shareOf(paymentId)
    expect(said).toEqual([
      [
        'refund',
        {
          kind: 'combined',
          mode: 'partner',
          mchid: 'provider',
          orderNumber: orderNumber(paymentId, 0),
          openid: 'o-payer',
          amount: 620,
          expiresAt: TODAY + 900_000,
          description: '名biller-1、名biller-2',
          parts: [share(1, 320), share(2, 300)],
        },
        {
          refundNumber: `${paymentId}R002`,
          orderNumber: orderNumber(paymentId, 1),
          transactionId: `4200-${paymentId}-1`,
          amount: 220,
          reason: 'twice',
        },
      ],
    ])
    expect(await stateOf(refund)).toBe('sent')
    expect(await taskOf(refund)).toEqual({
      isDone: false,
      person: null,
      nextAt: TODAY + MINUTE_MS,
    })
  })

  it('that was sent is asked about, each hour once it is old, and sent again where WeChat has it not', async () => {
    const refund = await approved(await paid(), 3, 300)
    await send(refund)
    now += 20 * MINUTE_MS
    await send(refund, {}, { state: 'processing' })
    expect((await taskOf(refund))?.nextAt).toBe(now + 60 * MINUTE_MS)
    await send(refund, {}, 'absent')
    expect(names()).toEqual(['refund', 'query', 'query', 'refund'])
    expect(said[3]?.[2]).toEqual(said[0]?.[2])
    await send(refund, {}, { state: 'done', at: now })
    expect(await stateOf(refund)).toBe('done')
    expect(await taskOf(refund)).toMatchObject({ isDone: true })
  })

  it('that is still abnormal when a person has it tried again is asked about once more', async () => {
    const refund = await approved(await paid(), 1, 100)
    await send(refund)
    await send(refund, {}, { state: 'abnormal' })
    expect(await taskOf(refund)).toMatchObject({ isDone: false, person: 'refund-abnormal' })
    const task = { paymentId: refund.paymentId, kind: 'refund', itemNo: refund.refundNo } as const
    expect(await retryTask(database, task, now)).toBe('retried')
    await send(refund, {}, { state: 'abnormal' })
    expect(await taskOf(refund)).toEqual({ isDone: false, person: null, nextAt: now + MINUTE_MS })
  })

  it.each([
    ['done', { isDone: true, person: null }],
    ['closed', { isDone: false, person: 'refund-closed' }],
    ['declined', { isDone: false, person: 'part-given-back' }],
  ] as const)('that is %s is neither asked for nor about', async (end, task) => {
    const refund = await approved(await paid(), 1, 100)
    await database.run(ENDED, [refund.paymentId, 1, end])
    await send(refund)
    expect(said).toEqual([])
    expect(await taskOf(refund)).toMatchObject(task)
  })

  it('waits a minute for another one of the same order, and for none of another', async () => {
    const paymentId = await paid()
    const [first, second, third] = [
      await approved(paymentId, 1, 100),
      await approved(paymentId, 2, 220),
      await approved(paymentId, 3, 300),
    ]
    await markRefundSent(database, first, 'w-1', now)
    now += MINUTE_MS - 1
    await send(second)
    expect(said).toEqual([])
    expect(await taskOf(second)).toMatchObject({ isDone: false, nextAt: now + MINUTE_MS })
    await send(third)
    expect(said.map(([name, , asked]) => `${name} ${asked.transactionId}`)).toEqual([
      `refund 4200-${paymentId}-2`,
    ])
    now += 1
    await send(second)
    expect(names()).toEqual(['refund', 'refund'])
    await send(first, {}, { state: 'processing' })
    expect(names()).toEqual(['refund', 'refund', 'query'])
  })

  it('that WeChat’s rules refuse is a person’s; any other fault is thrown', async () => {
    const paymentId = await paid()
    const refund = await approved(paymentId, 1, 100)
    for (const fault of [
      new WeChatPayFault('NOTENOUGH'),
      Object.assign(new Error('not WeChat’s'), { code: 'INVALIDREQUEST' }),
    ])
      await expect(send(refund, fault)).rejects.toBe(fault)
    expect(await taskOf(refund)).toMatchObject({ isDone: false, person: null })
    await send(refund, new WeChatPayFault('INVALIDREQUEST'))
    expect(await taskOf(refund)).toMatchObject({ isDone: false, person: 'refund-refused' })
    expect(await stateOf(refund)).toBe('approved')
  })

  it('that WeChat’s rules refuse, and that it took before, is as WeChat says', async () => {
    const refund = await approved(await paid(), 1, 100)
    await send(refund, new WeChatPayFault('INVALIDREQUEST'), { state: 'done' })
    expect(names()).toEqual(['refund', 'query'])
    expect(await stateOf(refund)).toBe('done')
    expect(await taskOf(refund)).toMatchObject({ isDone: true, person: null })
  })

  it('that WeChat answers as another one is a bug of ours, whatever was withdrawn beside it', async () => {
    const withdrawn = await approved(await paid(), 1, 100)
    await database.run(ENDED, [withdrawn.paymentId, 1, 'declined'])
    const refund = await approved(withdrawn.paymentId, 3, 300)
    const number = `${refund.paymentId}R003`
    await expect(send(refund, { refundNumber: 'another' })).rejects.toThrow(
      `law 7: WeChat's refund ${number} is not ours, unknown-refund`,
    )
    await expect(send(refund, { state: 'done', amount: fen(99) })).rejects.toThrow(
      `law 7: WeChat's refund ${number} is not ours, other-amount`,
    )
  })

  it('that somebody made on the merchant platform is asked about alone', async () => {
    const paymentId = await paid()
    const { refundNo = 0 } = await takeInRefund(
      database,
      {
        paymentId,
        refundNumber: 'by-hand',
        wechatRefundId: 'w-2',
        orderNumber: orderNumber(paymentId, 1),
        amountFen: fen(100),
        createdAt: now,
      },
      now,
    )
    await expect(send({ paymentId, refundNo })).rejects.toThrow(
      'law 13: WeChat no longer knows the refund by-hand',
    )
    expect(names()).toEqual(['query'])
    await send({ paymentId, refundNo }, {}, { state: 'done', at: now })
    expect(await stateOf({ paymentId, refundNo })).toBe('done')
  })

  it('waits for the biller to take its credit back', async () => {
    const refund = await approved(await paid(), 1, 100)
    await database.run(CREDITED, [refund.paymentId, 1, null])
    await expect(send(refund)).rejects.toThrow(
      `law 7: refund ${refund.paymentId}R001 before the biller’s reversal`,
    )
    expect(said).toEqual([])
    await database.run(CREDITED, [refund.paymentId, 1, timestamp(now)])
    await send(refund)
    expect(names()).toEqual(['refund'])
  })

  it('is of a paid item', async () => {
    const paymentId = await paid()
    await expect(send({ paymentId, refundNo: 7 })).rejects.toThrow(
      `law 7: a refund without a paid item, ${paymentId}`,
    )
    await expect(send({ paymentId: 'nobody', refundNo: 1 })).rejects.toThrow(
      'law 7: a refund without a paid item, nobody',
    )
  })
})
