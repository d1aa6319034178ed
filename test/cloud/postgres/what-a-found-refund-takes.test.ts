import type { Database } from '../../../src/cloud/postgres/database'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { refundsOf, takeInRefund } from '../../../src/cloud/postgres/refunds'
import { fen } from '../../../src/core/money'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { postItem } from '../../support/money-steps'
import { aStoredPayment, type ItemToStore, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

type Case = {
  name: string
  /** The bills of one order, in fen. */
  bills: number[]
  /** Which of them are with the biller already. */
  posted?: number[]
  refunds: number[]
  /** The items whose money the refunds are, in order; with the amount where one is of several items. */
  items: (number | [item: number, amount: number][] | undefined)[]
}

/** WeChat says of which order money went back, not of which of its bills. */
const CASES: Case[] = [
  { name: 'the one of this amount', bills: [300, 200, 100], refunds: [200], items: [2] },
  { name: 'the first of those', bills: [300, 200, 200], refunds: [200], items: [2] },
  {
    name: 'the next, when one is given back',
    bills: [200, 200],
    refunds: [200, 200],
    items: [1, 2],
  },
  {
    name: 'what is not posted before what is',
    bills: [200, 200],
    posted: [1],
    refunds: [200],
    items: [2],
  },
  {
    name: 'a posted one of this amount before a larger',
    bills: [300, 200],
    posted: [2],
    refunds: [200],
    items: [2],
  },
  { name: 'the first that is large enough', bills: [100, 300, 250], refunds: [200], items: [2] },
  {
    name: 'all of them, where it is of the whole order',
    bills: [300, 200, 100],
    refunds: [600],
    items: [
      [
        [1, 300],
        [2, 200],
        [3, 100],
      ],
    ],
  },
  {
    name: 'as many as it needs, where none has so much left, and what is not posted first',
    bills: [300, 200, 100],
    posted: [1],
    refunds: [50, 350],
    items: [
      2,
      [
        [1, 100],
        [2, 150],
        [3, 100],
      ],
    ],
  },
  {
    name: 'none, where the order has not so much left',
    bills: [300, 200],
    refunds: [300, 201],
    items: [1, undefined],
  },
]

describe(`which bill of an order a refund is of that was found, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  it.each(CASES)('$name', async ({ bills, posted = [], refunds, items }) => {
    const paidItems: ItemToStore[] = bills.map((principal) => ({
      orderNo: 1,
      principal,
      lateFee: 0,
    }))
    const paymentId = await aStoredPayment(database, paidItems)
    await recordPaid(database, { paymentId, fact: paidFactOf(paymentId, paidItems) }, TODAY)
    for (const itemNo of posted) await postItem(database, paymentId, itemNo)
    for (const [place, amount] of refunds.entries())
      await takeInRefund(
        database,
        {
          paymentId,
          refundNumber: `by-hand-${place}`,
          wechatRefundId: `w-${place}`,
          orderNumber: orderNumber(paymentId, 1),
          amountFen: fen(amount),
          createdAt: TODAY,
        },
        TODAY,
      )
    const taken = await refundsOf(database, paymentId)
    const itemOf = (place: number) => {
      const parts = taken.filter(({ refundNumber }) => refundNumber === `by-hand-${place}`)
      if (parts.length < 2) return parts[0]?.itemNo
      return parts
        .map(({ itemNo, amountFen }) => [itemNo, amountFen])
        .sort(([one = 0], [other = 0]) => one - other)
    }
    expect(refunds.map((_, place) => itemOf(place))).toEqual(items)
    for (const { takesFrom, itemNo } of taken)
      expect(takesFrom).toBe(posted.includes(itemNo) ? 'posted' : 'unposted')
  })
})
