import { type Database, statement } from '../../../src/cloud/postgres/database'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { refundsOf } from '../../../src/cloud/postgres/refunds'
import { takeInForeignRefund } from '../../../src/cloud/use-cases/take-in-refund'
import type { Order } from '../../../src/cloud/wechat/order'
import type { Refund, RefundFact } from '../../../src/cloud/wechat/refund'
import { fen } from '../../../src/core/money'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, type ItemToStore, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const NUMBER = 'by-hand'
const CREATED = TODAY + 60_000
const ITEMS: ItemToStore[] = [
  { orderNo: 1, principal: 100, lateFee: 0 },
  { orderNo: 2, principal: 200, lateFee: 0 },
]
const WECHAT_ID = statement(
  'test-refund-wechat-id',
  'select wechat_refund_id as id from refund where payment_id = $1',
)

const SIGNED = statement(
  'test-receipts-signed',
  'select receipt_code is not null as signed from payment_item where payment_id = $1 order by item_no',
)

describe(`a refund that nobody here asked for, on the ${engineName()} engine`, () => {
  let database: Database
  let asked: [Order, Refund][]
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(() => {
    asked = []
  })

  const paid = async () => {
    const paymentId = await aStoredPayment(database, ITEMS)
    await recordPaid(database, { paymentId, fact: paidFactOf(paymentId, ITEMS) }, TODAY)
    return paymentId
  }
  /** Takes it in, of the second order, where WeChat says so of it. */
  const takeIn = (
    paymentId: string,
    fact: Partial<RefundFact> | undefined = {},
    number = orderNumber(paymentId, 2),
  ) => {
    const queryRefund = async (order: Order, refund: Refund) => {
      asked.push([order, refund])
      if (fact === undefined) return undefined
      return {
        state: 'processing' as const,
        refundNumber: refund.refundNumber,
        wechatRefundId: 'w-1',
        orderNumber: refund.orderNumber,
        amount: fen(150),
        payerAmount: fen(150),
        createdAt: CREATED,
        ...fact,
      }
    }
    const ports = portsOver(database, { now: () => TODAY + 120_000, weChatPay: { queryRefund } })
    const refund = { paymentId, refundNumber: NUMBER, orderNumber: number, amount: fen(150) }
    return takeInForeignRefund(ports, refund)
  }

  it('goes into the books by WeChat’s own word', async () => {
    const paymentId = await paid()
    expect(await takeIn(paymentId)).toMatchObject({ answer: 'taken', isCredited: false })
    expect(asked).toMatchObject([
      [
        { orderNumber: orderNumber(paymentId, 0), mchid: 'provider' },
        {
          refundNumber: NUMBER,
          orderNumber: orderNumber(paymentId, 2),
          transactionId: `4200-${paymentId}-2`,
          amount: 150,
          reason: '',
        },
      ],
    ])
    expect(await refundsOf(database, paymentId)).toMatchObject([
      {
        itemNo: 2,
        refundNumber: NUMBER,
        amountFen: 150,
        state: 'sent',
        rule: 'merchant-platform',
        requestedAt: CREATED,
        sentAt: CREATED,
      },
    ])
    expect(await database.run(WECHAT_ID, [paymentId])).toEqual([{ id: 'w-1' }])
  })

  it('of what was not credited yet leaves each item with its proof', async () => {
    const paymentId = await paid()
    expect(await database.run(SIGNED, [paymentId])).toEqual([{ signed: false }, { signed: false }])
    await takeIn(paymentId)
    expect(await database.run(SIGNED, [paymentId])).toEqual([{ signed: true }, { signed: true }])
  })

  it('that ends with another amount than it began with is none of our books', async () => {
    const paymentId = await paid()
    await takeIn(paymentId)
    const end = { state: 'done', amount: fen(140), payerAmount: fen(140), at: CREATED } as const
    expect(await takeIn(paymentId, end)).toEqual({ answer: 'unknown-refund', isCredited: false })
    expect(await refundsOf(database, paymentId)).toMatchObject([{ state: 'sent', amountFen: 150 }])
  })

  it('that has ended already ends in the books, too, and is taken in once', async () => {
    const paymentId = await paid()
    await takeIn(paymentId, { state: 'done', at: CREATED + 5_000, arrivedIn: '零钱' })
    const once = await refundsOf(database, paymentId)
    expect(once).toMatchObject([
      { state: 'done', finishedAt: CREATED + 5_000, arrivedIn: '零钱', amountFen: 150 },
    ])
    expect(await takeIn(paymentId, { state: 'done' })).toMatchObject({ answer: 'before' })
    expect(await refundsOf(database, paymentId)).toEqual(once)
  })

  it.each([
    ['WeChat does not know it', undefined],
    ['WeChat does not say since when', { createdAt: undefined }],
    ['it is of another order', { orderNumber: 'another' }],
  ])('stays out of the books where %s', async (_, fact) => {
    const paymentId = await paid()
    const answer = await (fact === undefined
      ? takeInAbsent(paymentId)
      : takeIn(paymentId, fact as Partial<RefundFact>))
    expect(answer).toEqual({ answer: 'unknown-refund', isCredited: false })
    expect(await refundsOf(database, paymentId)).toEqual([])
  })
  const takeInAbsent = (paymentId: string) => {
    const weChatPay = { queryRefund: async () => undefined }
    const ports = portsOver(database, { now: () => TODAY, weChatPay })
    const number = orderNumber(paymentId, 2)
    const refund = { paymentId, refundNumber: NUMBER, orderNumber: number, amount: fen(150) }
    return takeInForeignRefund(ports, refund)
  }

  it('stays out of the books where nothing was paid, and WeChat is not asked', async () => {
    const unpaid = await aStoredPayment(database, ITEMS)
    const notPaid = { answer: 'not-paid', isCredited: false }
    expect(await takeIn(unpaid)).toEqual(notPaid)
    const unknown = { answer: 'unknown-payment', isCredited: false }
    expect(await takeIn(await paid(), {}, 'no order')).toEqual(unknown)
    expect(await takeIn('nobody', {}, 'no order')).toEqual(unknown)
    expect(asked).toEqual([])
  })

  it('that WeChat closed moved nothing, and needs no place in the books', async () => {
    const paymentId = await paid()
    expect(await takeIn(paymentId, { state: 'closed', amount: fen(201) })).toEqual({
      answer: 'closed',
      isCredited: false,
    })
    expect(await refundsOf(database, paymentId)).toEqual([])
    await takeIn(paymentId)
    expect(await takeIn(paymentId, { state: 'closed' })).toMatchObject({ answer: 'before' })
    expect(await refundsOf(database, paymentId)).toMatchObject([{ state: 'closed' }])
  })

  it('of more than there is of its order is refused', async () => {
    const paymentId = await paid()
    expect(await takeIn(paymentId, { amount: fen(201) })).toMatchObject({ answer: 'too-much' })
    expect(await refundsOf(database, paymentId)).toEqual([])
  })
})
