import { type Database, statement } from '../../../src/cloud/postgres/database'
import { claimTask } from '../../../src/cloud/postgres/outbox'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { tasksOfPersons } from '../../../src/cloud/postgres/person-list'
import {
  LONG_AGO_MS,
  refundsOf,
  requestRefund,
  takeInRefund,
} from '../../../src/cloud/postgres/refunds'
import { sendRefund } from '../../../src/cloud/use-cases/send-refund'
import type { RefundFact } from '../../../src/cloud/wechat/refund'
import type { WeChatPay } from '../../../src/cloud/wechat/we-chat-pay'
import { WeChatPayFault } from '../../../src/cloud/wechat/we-chat-pay-fault'
import { fen } from '../../../src/core/money'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const MINUTE_MS = 60_000
const ITEMS = [100, 200].map((principal) => ({ orderNo: 1, principal, lateFee: 0 }))
const NEXT = statement(
  'test-next-look',
  `select next_at as "nextAt" from outbox_task where payment_id = $1 and kind = 'refund' and item_no = 1`,
)

describe(`a refund that WeChat may have, on the ${engineName()} engine`, () => {
  let database: Database
  let said: string[]
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(() => {
    said = []
  })

  /** The first of two bills, to be given back whole; no answer came when it was sent first. */
  const begun = async () => {
    const paymentId = await aStoredPayment(database, ITEMS)
    await recordPaid(database, { paymentId, fact: paidFactOf(paymentId, ITEMS) }, TODAY)
    const refund = { paymentId, refundNo: 1, itemNo: 1, amountFen: fen(100), actor: 'jobs' }
    await requestRefund(database, { ...refund, reason: 'twice', rule: 'duplicate' }, TODAY)
    await expect(send(paymentId, 'silent')).rejects.toThrow('SYSTEM_ERROR')
    return { paymentId }
  }
  /** WeChat does not answer, or knows of no such refund, or had it done. */
  const send = async (paymentId: string, weChat: 'silent' | 'unknown' | 'done', now = TODAY) => {
    const key = { paymentId, kind: 'refund', itemNo: 1 } as const
    const done: RefundFact = {
      state: 'done',
      refundNumber: `${paymentId}R001`,
      wechatRefundId: 'w-1',
      orderNumber: orderNumber(paymentId, 1),
      amount: fen(100),
      payerAmount: fen(100),
      at: now,
    }
    const weChatPay = {
      refund: (async () => {
        said.push('refund')
        if (weChat === 'silent') throw new WeChatPayFault('SYSTEM_ERROR')
        return done
      }) as WeChatPay['refund'],
      queryRefund: async () => {
        said.push('query')
        return weChat === 'done' ? done : undefined
      },
    }
    const claimed = await claimTask(database, key, now, 0)
    const attempts = claimed?.attempts ?? 0
    await sendRefund(portsOver(database, { now: () => now, weChatPay }), { ...key, attempts })
  }
  const stateOf = async (paymentId: string) =>
    (await refundsOf(database, paymentId)).find(({ refundNo }) => refundNo === 1)?.state
  const personOf = async (paymentId: string) =>
    (await tasksOfPersons(database, 500)).find(
      (task) => task.paymentId === paymentId && task.kind === 'refund',
    )?.reason

  it('is asked about before it is sent again', async () => {
    const [{ paymentId: taken }, { paymentId: lost }] = [await begun(), await begun()]
    said = []
    await send(taken, 'done')
    await send(lost, 'unknown')
    expect(said).toEqual(['query', 'query', 'refund'])
    expect([await stateOf(taken), await stateOf(lost)]).toEqual(['done', 'done'])
  })

  it('is not sent again while money by hand may have meant it, and comes to a person long after', async () => {
    const { paymentId } = await begun()
    const byHand = {
      paymentId,
      refundNumber: 'by-hand',
      wechatRefundId: 'w-2',
      orderNumber: orderNumber(paymentId, 1),
      amountFen: fen(40),
      createdAt: TODAY,
    }
    expect((await takeInRefund(database, byHand, TODAY)).answer).toBe('taken')
    expect(await personOf(paymentId)).toBeUndefined()
    said = []
    await send(paymentId, 'unknown', TODAY + MINUTE_MS)
    expect((await database.run(NEXT, [paymentId]))[0]).toEqual({ nextAt: TODAY + 2 * MINUTE_MS })
    expect(await personOf(paymentId)).toBeUndefined()
    const [another, at] = [await begun(), TODAY + LONG_AGO_MS]
    await takeInRefund(
      database,
      { ...byHand, ...another, orderNumber: orderNumber(another.paymentId, 1) },
      TODAY,
    )
    said = []
    await send(paymentId, 'unknown', at)
    await send(another.paymentId, 'done', at)
    expect(await personOf(paymentId)).toBe('given-back-by-hand')
    expect(said).toEqual(['query', 'query'])
    expect([await stateOf(paymentId), await stateOf(another.paymentId)]).toEqual([
      'approved',
      'done',
    ])
  })
})
