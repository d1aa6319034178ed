import { type Database, statement } from '../../../src/cloud/postgres/database'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { refundsOf, requestRefund } from '../../../src/cloud/postgres/refunds'
import { takeRefundFact } from '../../../src/cloud/use-cases/take-refund-fact'
import { takeRefundNotice } from '../../../src/cloud/use-cases/take-refund-notice'
import type { Refund, RefundFact } from '../../../src/cloud/wechat/refund'
import { fen } from '../../../src/core/money'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const NOW = TODAY + 120_000
const ENDED = statement(
  'test-refund-end',
  `select wechat_refund_id as id, payer_fen as payer, arrived_in as "arrivedIn", finished_at as at
   from refund where payment_id = $1`,
)

describe(`WeChat’s word on a refund, on the ${engineName()} engine`, () => {
  let database: Database
  let asked: Refund[]
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(() => {
    asked = []
  })

  const ports = (fact?: RefundFact) =>
    portsOver(database, {
      now: () => NOW,
      weChatPay: {
        queryRefund: async (_, refund) => {
          asked.push(refund)
          return fact
        },
      },
    })
  const paid = async () => {
    const paymentId = await aStoredPayment(database)
    await recordPaid(database, { paymentId, fact: paidFactOf(paymentId) }, TODAY)
    return paymentId
  }
  const approved = async () => {
    const paymentId = await paid()
    const refund = { paymentId, refundNo: 1, itemNo: 1, amountFen: fen(100), actor: 'jobs' }
    await requestRefund(database, { ...refund, reason: 'twice', rule: 'duplicate' }, TODAY)
    return paymentId
  }
  const factOf = (paymentId: string, change: Partial<RefundFact> = {}): RefundFact => ({
    state: 'done',
    refundNumber: `${paymentId}R001`,
    wechatRefundId: 'w-1',
    orderNumber: orderNumber(paymentId, 1),
    amount: fen(100),
    payerAmount: fen(90),
    arrivedIn: '零钱',
    at: TODAY + 60_000,
    ...change,
  })
  const stateOf = async (paymentId: string) =>
    (await refundsOf(database, paymentId)).map(({ state }) => state)
  const endOf = async (paymentId: string) => (await database.run(ENDED, [paymentId]))[0]

  it('ends it as WeChat says, once', async () => {
    const paymentId = await approved()
    expect(await takeRefundFact(ports(), factOf(paymentId))).toBe('recorded')
    expect(await stateOf(paymentId)).toEqual(['done'])
    expect(await endOf(paymentId)).toEqual({
      id: 'w-1',
      payer: 90,
      arrivedIn: '零钱',
      at: TODAY + 60_000,
    })
    expect(await takeRefundFact(ports(), factOf(paymentId))).toBe('before')
  })

  it('is dated now where WeChat names no time', async () => {
    const paymentId = await approved()
    const change = { state: 'closed', at: undefined, arrivedIn: undefined } as const
    expect(await takeRefundFact(ports(), factOf(paymentId, change))).toBe('recorded')
    expect(await stateOf(paymentId)).toEqual(['closed'])
    expect(await endOf(paymentId)).toMatchObject({ arrivedIn: null, at: NOW })
  })

  it('of one on its way marks it as sent', async () => {
    const paymentId = await approved()
    const fact = factOf(paymentId, { state: 'processing' })
    expect(await takeRefundFact(ports(), fact)).toBe('on-its-way')
    expect(await refundsOf(database, paymentId)).toMatchObject([{ state: 'sent', sentAt: NOW }])
    expect(await endOf(paymentId)).toMatchObject({ id: 'w-1' })
  })

  it.each([
    ['of no order of ours', { orderNumber: 'another' }, 'unknown-refund'],
    ['of no refund of ours', { refundNumber: 'another' }, 'unknown-refund'],
    ['of another amount', { amount: fen(99) }, 'other-amount'],
  ])('%s changes nothing', async (_, change, answer) => {
    const paymentId = await approved()
    expect(await takeRefundFact(ports(), factOf(paymentId, change))).toBe(answer)
    expect(await stateOf(paymentId)).toEqual(['approved'])
  })

  describe('in a notice', () => {
    it('is taken where it is ours', async () => {
      const paymentId = await approved()
      const notice = factOf(paymentId)
      expect(await takeRefundNotice(ports(), notice)).toEqual({ isTaken: true, answer: 'recorded' })
      expect(await takeRefundNotice(ports(), notice)).toEqual({ isTaken: true, answer: 'before' })
      expect(asked).toEqual([])
    })

    it('is not taken with another amount, or of no order of ours', async () => {
      const paymentId = await approved()
      const other = factOf(paymentId, { amount: fen(99) })
      expect(await takeRefundNotice(ports(), other)).toEqual({
        isTaken: false,
        answer: 'other-amount',
      })
      const strange = factOf(paymentId, { orderNumber: 'another' })
      expect(await takeRefundNotice(ports(), strange)).toEqual({
        isTaken: false,
        answer: 'unknown-refund',
      })
      expect(asked).toEqual([])
    })

    it('of one made on the merchant platform is taken in by WeChat’s own word, or repeated', async () => {
      const paymentId = await paid()
      const notice = factOf(paymentId, { refundNumber: 'by-hand', amount: fen(40) })
      expect(await takeRefundNotice(ports(), notice)).toEqual({
        isTaken: false,
        answer: 'unknown-refund',
      })
      const known = { ...notice, payerAmount: fen(40), createdAt: TODAY }
      expect(await takeRefundNotice(ports(known), notice)).toEqual({
        isTaken: true,
        answer: 'taken',
      })
      expect(asked).toEqual(
        [1, 2].map(() => ({
          refundNumber: 'by-hand',
          orderNumber: orderNumber(paymentId, 1),
          transactionId: `4200-${paymentId}-1`,
          amount: 40,
          reason: '',
        })),
      )
      expect(await stateOf(paymentId)).toEqual(['done'])
    })

    it('of one that somebody else takes in at the same moment is taken', async () => {
      const paymentId = await paid()
      const notice = factOf(paymentId, { refundNumber: 'by-hand', createdAt: TODAY })
      const queryRefund = async () => {
        await takeRefundNotice(ports(notice), notice)
        return notice
      }
      const meanwhile = portsOver(database, { now: () => NOW, weChatPay: { queryRefund } })
      expect(await takeRefundNotice(meanwhile, notice)).toEqual({ isTaken: true, answer: 'before' })
    })
  })
})
