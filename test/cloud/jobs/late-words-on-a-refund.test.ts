import type { Database } from '../../../src/cloud/postgres/database'
import { handToPerson } from '../../../src/cloud/postgres/outbox'
import { tasksOfPersons } from '../../../src/cloud/postgres/person-list'
import {
  approveRefund,
  askRefund,
  declineRefund,
} from '../../../src/cloud/postgres/refund-requests'
import { finishRefund, markRefundSent, refundsOf } from '../../../src/cloud/postgres/refunds'
import { sendRefund } from '../../../src/cloud/use-cases/send-refund'
import { takeRefundFact } from '../../../src/cloud/use-cases/take-refund-fact'
import { takeRefundNotice } from '../../../src/cloud/use-cases/take-refund-notice'
import type { RefundFact } from '../../../src/cloud/wechat/refund'
import type { WeChatPay } from '../../../src/cloud/wechat/we-chat-pay'
import { fen } from '../../../src/core/money'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { seat } from '../../support/desks'
import { aLife, PAID } from '../../support/money-steps'
import { portsOver } from '../../support/ports-over'
import { TODAY } from '../../support/town'

const REFUND_NO = 101

describe(`a late word on a refund, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
    await seat(database)
  })
  afterAll(() => database.close())

  const inBooks = async (paymentId: string) =>
    (await refundsOf(database, paymentId))
      .map(({ refundNo, state, rule }) => [refundNo, state, rule])
      .sort()
  const asked = async () => {
    const { paymentId } = await aLife(database, PAID)
    const wanted = { paymentId, itemNo: 1, amountFen: fen(100), reason: 'moved out', actor: 'li' }
    await askRefund(database, wanted, TODAY)
    const key = { paymentId, refundNo: REFUND_NO }
    const fact: RefundFact = {
      state: 'processing',
      refundNumber: `${paymentId}R${REFUND_NO}`,
      wechatRefundId: 'w-1',
      orderNumber: orderNumber(paymentId, 1),
      amount: fen(100),
      payerAmount: fen(100),
      createdAt: TODAY,
    }
    return { key, fact }
  }

  it('of WeChat’s, of what nobody has approved here, is not taken for one of our books', async () => {
    const { key, fact } = await asked()
    const done = { ...fact, state: 'done' as const, at: TODAY }
    const none = { isTaken: false, answer: 'unknown-refund' }
    const hearing = (word: RefundFact) =>
      portsOver(database, { now: () => TODAY, weChatPay: { queryRefund: async () => word } })
    expect(await takeRefundFact(hearing(fact), fact)).toBe('unknown-refund')
    expect(await takeRefundNotice(hearing(fact), fact)).toEqual(none)
    expect(await takeRefundNotice(hearing(done), done)).toEqual(none)
    expect(await inBooks(key.paymentId)).toEqual([[REFUND_NO, 'requested', null]])
  })

  it('of WeChat’s, that took what was withdrawn here, is taken in like one that was made past us', async () => {
    const { key, fact } = await asked()
    await declineRefund(database, key, { staffId: 'li', reason: 'no' }, TODAY)
    const done = { ...fact, state: 'done' as const, at: TODAY }
    const weChatPay = { queryRefund: async () => done }
    const ports = portsOver(database, { now: () => TODAY, weChatPay })
    expect(await takeRefundFact(ports, fact)).toBe('unknown-refund')
    expect(await takeRefundNotice(ports, done)).toEqual({ isTaken: true, answer: 'taken' })
    expect(await takeRefundNotice(ports, done)).toEqual({ isTaken: true, answer: 'before' })
    expect(await inBooks(key.paymentId)).toEqual([
      [REFUND_NO, 'declined', null],
      [REFUND_NO + 1, 'done', 'merchant-platform'],
    ])
  })

  it('of WeChat’s, to a runner that was frozen while it was withdrawn, is taken in, too', async () => {
    const { key, fact } = await asked()
    await approveRefund(database, key, 'zhao', TODAY)
    const task = { paymentId: key.paymentId, kind: 'refund' as const, itemNo: REFUND_NO }
    const weChatPay = {
      refund: (async () => {
        await handToPerson(database, task, 'refund-refused', TODAY)
        await declineRefund(database, key, { staffId: 'li', reason: 'no' }, TODAY)
        return fact
      }) as WeChatPay['refund'],
      queryRefund: async () => fact,
    }
    await sendRefund(portsOver(database, { now: () => TODAY, weChatPay }), { ...task, attempts: 1 })
    expect(await inBooks(key.paymentId)).toEqual([
      [REFUND_NO, 'declined', null],
      [REFUND_NO + 1, 'sent', 'merchant-platform'],
    ])
  })

  it('of a runner’s, who had it before WeChat closed it, does not take it from a person', async () => {
    const { key, fact } = await asked()
    await approveRefund(database, key, 'zhao', TODAY)
    await markRefundSent(database, key, 'w-1', TODAY)
    const { refundNumber, wechatRefundId } = fact
    const end = { refundNumber, wechatRefundId, amountFen: fen(100), payerFen: fen(100), at: TODAY }
    await finishRefund(database, key, { ...end, state: 'closed' }, TODAY)
    const task = { paymentId: key.paymentId, kind: 'refund' as const, itemNo: REFUND_NO }
    await sendRefund(portsOver(database, { now: () => TODAY }), { ...task, attempts: 1 })
    const waiting = await tasksOfPersons(database, 100)
    expect(waiting).toContainEqual(expect.objectContaining({ ...task, reason: 'refund-closed' }))
  })
})
