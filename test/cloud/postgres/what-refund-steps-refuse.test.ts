import type { Database } from '../../../src/cloud/postgres/database'
import { claimTask, handToPerson } from '../../../src/cloud/postgres/outbox'
import { recordPaid, startPaymentRow } from '../../../src/cloud/postgres/payment-writes'
import { failTask } from '../../../src/cloud/postgres/person-list'
import {
  approveRefund,
  askRefund,
  declineRefund,
} from '../../../src/cloud/postgres/refund-requests'
import { finishRefund, requestRefund, takeInRefund } from '../../../src/cloud/postgres/refunds'
import { fen } from '../../../src/core/money'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { seat } from '../../support/desks'
import { moneyLines } from '../../support/money-lines'
import { postTaskOf } from '../../support/money-steps'
import { aPaymentToStart, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

/** A bill of 100 and one of 200 of one order, one of 300 of another. */
const ITEMS = [
  { orderNo: 1, principal: 100, lateFee: 0 },
  { orderNo: 1, principal: 200, lateFee: 0 },
  { orderNo: 2, principal: 300, lateFee: 0 },
]
const YEAR_MS = 365 * 24 * 3_600_000

type Life = { database: Database; paymentId: string }
type Act = (life: Life) => Promise<unknown>

const rule =
  (itemNo: number, amount: number, refundNo = itemNo, now = TODAY): Act =>
  ({ database, paymentId }) => {
    const refund = { paymentId, refundNo, itemNo, amountFen: fen(amount), actor: 'jobs' }
    return requestRefund(database, { ...refund, reason: 'twice', rule: 'duplicate' }, now)
  }
const ask =
  (itemNo: number, amount: number, actor = 'li', reason = 'moved out'): Act =>
  async ({ database, paymentId }) => {
    const asked = { paymentId, itemNo, amountFen: fen(amount), reason, actor }
    return (await askRefund(database, asked, TODAY)).answer
  }
const approve =
  (actor: string, refundNo = 101, now = TODAY): Act =>
  ({ database, paymentId }) =>
    approveRefund(database, { paymentId, refundNo }, actor, now)
const decline =
  (staffId: string, refundNo = 101): Act =>
  ({ database, paymentId }) =>
    declineRefund(database, { paymentId, refundNo }, { staffId, reason: 'no' }, TODAY)
const takeIn =
  (orderNo: number, amount: number, refundNumber = 'by-hand'): Act =>
  async ({ database, paymentId }) => {
    const refund = {
      paymentId,
      refundNumber,
      wechatRefundId: 'w',
      orderNumber: orderNumber(paymentId, orderNo),
      amountFen: fen(amount),
      createdAt: TODAY,
    }
    return (await takeInRefund(database, refund, TODAY)).answer
  }
const end =
  (change: object): Act =>
  ({ database, paymentId }) =>
    finishRefund(
      database,
      { paymentId, refundNo: 1 },
      {
        state: 'done',
        refundNumber: `${paymentId}R001`,
        wechatRefundId: 'w',
        amountFen: fen(100),
        payerFen: fen(100),
        at: TODAY,
        ...change,
      },
      TODAY,
    )
const item =
  (itemNo: number, state: string): Act =>
  ({ database, paymentId }) =>
    database.run(
      {
        name: `test-item-${state}`,
        text: `update payment_item set state = '${state}', posting_number = case when '${state}' = 'posted' then 'P' end,
          posted_at = case when '${state}' = 'posted' then now() end where payment_id = $1 and item_no = $2::int`,
      },
      [paymentId, itemNo],
    )
const elsewhere =
  (act: Act): Act =>
  (life) =>
    act({ ...life, paymentId: 'nobody' })

const CASES: [string, readonly Act[], Act, string][] = [
  ['a rule, of no payment', [], elsewhere(rule(1, 100)), 'unknown-payment'],
  ['a rule, of no item', [], rule(4, 100), 'unknown-payment'],
  ['a rule, of more', [], rule(1, 101), 'too-much'],
  ['a rule, of a part', [], rule(1, 99), 'whole-only'],
  ['a rule, twice', [rule(1, 100)], rule(1, 100, 2), 'too-much'],
  [
    'a rule, once it is closed, of more',
    [rule(1, 100), end({ state: 'closed' })],
    rule(1, 101, 2),
    'too-much',
  ],
  [
    'a rule, a year and a day after',
    [],
    rule(1, 100, 1, TODAY + YEAR_MS + 24 * 3_600_000),
    'too-late',
  ],
  ['a rule, of what is being posted', [item(1, 'posting')], rule(1, 100), 'posting-unknown'],
  ['a rule, of what is posted', [item(1, 'posted')], rule(1, 100), 'needs-reversal'],
  ['asking, by nobody', [], ask(1, 100, 'nobody'), 'not-staff'],
  ['asking, by another biller’s', [], ask(1, 100, 'other'), 'not-staff'],
  ['asking, of more', [item(1, 'posted')], ask(1, 101), 'too-much'],
  ['asking, for more than is left', [item(1, 'posted'), ask(1, 60)], ask(1, 41), 'too-much'],
  ['asking, of a part of what waits', [], ask(1, 99), 'whole-only'],
  ['asking, of what is being posted', [item(1, 'posting')], ask(1, 100), 'posting-unknown'],
  ['approving what nobody asked for', [], approve('zhao'), 'unknown-refund'],
  ['approving of no payment', [ask(1, 100)], elsewhere(approve('zhao')), 'unknown-refund'],
  ['approving, by a clerk', [ask(1, 100)], approve('wu'), 'not-staff'],
  ['approving, by another biller’s', [ask(1, 100)], approve('other'), 'not-staff'],
  ['approving one’s own', [ask(1, 100, 'zhao')], approve('zhao'), 'own-request'],
  [
    'approving one’s own of another desk',
    [ask(1, 100, 'zhao-clerk')],
    approve('zhao'),
    'own-request',
  ],
  ['approving what one paid', [ask(1, 100)], approve('payer'), 'own-payment'],
  ['approving what is declined', [ask(1, 100), decline('zhao')], approve('zhao'), 'not-open'],
  ['approving what another approved', [ask(1, 100), approve('qian')], approve('zhao'), 'not-open'],
  [
    'approving a year and a day after',
    [ask(1, 100)],
    approve('zhao', 101, TODAY + YEAR_MS + 24 * 3_600_000),
    'too-late',
  ],
  [
    'approving what is being posted',
    [ask(1, 100), item(1, 'posting')],
    approve('zhao'),
    'posting-unknown',
  ],
  ['declining what nobody asked for', [], decline('zhao'), 'unknown-refund'],
  ['declining, by nobody', [ask(1, 100)], decline('nobody'), 'not-staff'],
  ['declining what is approved', [ask(1, 100), approve('zhao')], decline('qian'), 'not-open'],
  ['taking in, of no payment', [], elsewhere(takeIn(1, 100)), 'unknown-payment'],
  ['taking in, of more than its order', [], takeIn(1, 301), 'too-much'],
  ['taking in, of more than is left', [rule(3, 300)], takeIn(2, 1), 'too-much'],
  ['taking in, of another order’s', [], takeIn(3, 1), 'too-much'],
  ['taking in, of what is being posted', [item(3, 'posting')], takeIn(2, 300), 'posting-unknown'],
  ['an end, of no refund', [], end({}), 'unknown-refund'],
  ['an end, of a request', [ask(1, 100)], end({}), 'unknown-refund'],
  ['an end, under another number', [rule(1, 100)], end({ refundNumber: 'x' }), 'unknown-refund'],
  ['an end, of another amount', [rule(1, 100)], end({ amountFen: 99 }), 'other-amount'],
  ['an end, of more than it is', [rule(1, 100)], end({ payerFen: 101 }), 'other-amount'],
  ['an end, after another', [rule(1, 100), end({})], end({ state: 'closed' }), 'before'],
]

describe(`what no step of a refund does, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
    await seat(database)
    await seat(database, [
      { staffId: 'wu', role: 'clerk' },
      { staffId: 'zhao-clerk', role: 'clerk', openid: 'o-zhao' },
      { staffId: 'qian', role: 'supervisor' },
      { staffId: 'payer', role: 'supervisor', openid: 'o-payer' },
      { staffId: 'other', role: 'supervisor', orderNo: 2 },
    ])
  })
  afterAll(() => database.close())

  const paid = async (): Promise<Life> => {
    const payment = await aPaymentToStart(database, ITEMS)
    const { paymentId } = payment
    await startPaymentRow(database, payment, TODAY)
    await recordPaid(database, { paymentId, fact: paidFactOf(paymentId, ITEMS) }, TODAY)
    return { database, paymentId }
  }

  it.each(CASES)('%s: is refused, and nothing is written', async (_, before, act, answer) => {
    const life = await paid()
    const follow = moneyLines(database, life.paymentId)
    for (const one of before) await one(life)
    await follow('so far', async () => undefined)
    expect(await follow('refused', () => act(life))).toEqual([`refused: "${answer}"`])
  })

  it('of an order WeChat gives back fifty times at most, of another as many', async () => {
    const life = await paid()
    for (let refundNo = 1; refundNo <= 49; refundNo += 1) {
      await rule(1, 100, refundNo)(life)
      await finishRefund(
        database,
        { paymentId: life.paymentId, refundNo },
        {
          state: 'closed',
          refundNumber: `${life.paymentId}R${String(refundNo).padStart(3, '0')}`,
          wechatRefundId: 'w',
          amountFen: fen(100),
          payerFen: fen(100),
          at: TODAY,
        },
        TODAY,
      )
    }
    expect(await rule(2, 200, 50)(life)).toBe('approved')
    expect(await rule(1, 100, 51)(life)).toBe('too-many')
    expect(await rule(3, 300, 52)(life)).toBe('approved')
  })

  it('a task of another try, or a person’s, does not fail', async () => {
    const { paymentId } = await paid()
    const task = { ...postTaskOf(paymentId), attempts: 1 }
    const failure = { nextAt: TODAY, failuresMax: 2, reason: 'E1', now: TODAY }
    await claimTask(database, task, TODAY, 0)
    expect(await failTask(database, { ...task, attempts: 2 }, failure)).toBe('gone')
    await handToPerson(database, task, 'a reason', TODAY)
    expect(await failTask(database, task, failure)).toBe('gone')
  })
})
