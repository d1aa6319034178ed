import type { Database } from '../../../src/cloud/postgres/database'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { refundsOf } from '../../../src/cloud/postgres/refunds'
import { takeRefundNotice } from '../../../src/cloud/use-cases/take-refund-notice'
import type { RefundFact } from '../../../src/cloud/wechat/refund'
import { fen } from '../../../src/core/money'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

describe(`a notice of a refund that nobody here asked for, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  const paid = async () => {
    const paymentId = await aStoredPayment(database)
    const items = [{ orderNo: 1, principal: 100, lateFee: 0 }]
    await recordPaid(database, { paymentId, fact: paidFactOf(paymentId, items) }, TODAY)
    return paymentId
  }
  /** WeChat says in the notice what it says when it is asked. */
  const notice = (paymentId: string, said: Partial<RefundFact>) => {
    const fact: RefundFact = {
      state: 'processing',
      refundNumber: 'by-hand',
      wechatRefundId: 'w-1',
      orderNumber: orderNumber(paymentId, 1),
      amount: fen(60),
      payerAmount: fen(60),
      createdAt: TODAY,
      ...said,
    }
    const weChatPay = { queryRefund: async () => fact }
    return takeRefundNotice(portsOver(database, { now: () => TODAY, weChatPay }), fact)
  }
  const states = async (paymentId: string) =>
    (await refundsOf(database, paymentId)).map(({ state }) => state)

  it('is taken once it is in the books, and when it says so again', async () => {
    const paymentId = await paid()
    expect(await notice(paymentId, {})).toEqual({ isTaken: true, answer: 'taken' })
    expect(await notice(paymentId, {})).toEqual({ isTaken: true, answer: 'on-its-way' })
    const done = { state: 'done', at: TODAY } as const
    expect(await notice(paymentId, done)).toEqual({ isTaken: true, answer: 'recorded' })
    expect(await notice(paymentId, done)).toEqual({ isTaken: true, answer: 'before' })
    expect(await states(paymentId)).toEqual(['done'])
  })

  it('is taken of one that WeChat closed, which leaves nothing in the books', async () => {
    const paymentId = await paid()
    const closed = { state: 'closed', amount: fen(101) } as const
    expect(await notice(paymentId, closed)).toEqual({ isTaken: true, answer: 'closed' })
    expect(await states(paymentId)).toEqual([])
  })

  it('comes again as long as there is no room for it', async () => {
    const paymentId = await paid()
    const answer = { isTaken: false, answer: 'too-much' }
    expect(await notice(paymentId, { amount: fen(101), payerAmount: fen(101) })).toEqual(answer)
    const unpaid = await aStoredPayment(database)
    expect(await notice(unpaid, {})).toEqual({ isTaken: false, answer: 'not-paid' })
    expect([await states(paymentId), await states(unpaid)]).toEqual([[], []])
  })
})
