import type { Reversal, ReversalOutcome } from '../../../src/cloud/billers/biller'
import { BillerFault } from '../../../src/cloud/billers/biller-fault'
import { type Database, statement } from '../../../src/cloud/postgres/database'
import { claimTask } from '../../../src/cloud/postgres/outbox'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { retryTask } from '../../../src/cloud/postgres/person-list'
import { approveRefund, askRefund } from '../../../src/cloud/postgres/refund-requests'
import { finishRefund, refundsOf, takeInRefund } from '../../../src/cloud/postgres/refunds'
import { reversePosting } from '../../../src/cloud/use-cases/reverse-posting'
import { fen } from '../../../src/core/money'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { seat } from '../../support/desks'
import { aLife, POSTING, postItem } from '../../support/money-steps'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const NOW = TODAY + 60_000
const TASKS = statement(
  'test-reversal-tasks',
  `select kind || ' ' || item_no || case when done_at is null then '' else ' done' end as line
   from outbox_task where payment_id = $1 and kind <> 'report-delivery' order by kind, item_no`,
)

describe(`a credit that the biller takes back, on the ${engineName()} engine`, () => {
  let database: Database
  let said: (string | Reversal)[]
  beforeAll(async () => {
    database = await aDatabase()
    await seat(database)
  })
  afterAll(() => database.close())
  beforeEach(() => {
    said = []
  })

  const ports = (outcome: ReversalOutcome | Error) =>
    portsOver(database, {
      now: () => NOW,
      biller: (billerId) => ({
        reverse: async (reversal) => {
          said.push(billerId, reversal)
          if (outcome instanceof Error) throw outcome
          return outcome
        },
      }),
    })
  /** Posted, and a part of it approved to go back, under this number. */
  const approved = async () =>
    approvedOf((await aLife(database, [...POSTING, 'posted'])).paymentId, 1)
  const approvedOf = async (paymentId: string, itemNo: number) => {
    const asked = { paymentId, itemNo, amountFen: fen(60), reason: 'moved out', actor: 'li' }
    const { refundNo = 0 } = await askRefund(database, asked, TODAY)
    await approveRefund(database, { paymentId, refundNo }, 'zhao', TODAY)
    return { paymentId, kind: 'reverse' as const, itemNo: refundNo, attempts: 1 }
  }
  const reversed: ReversalOutcome = {
    state: 'reversed',
    reversalNumber: 'B-1',
    reversedAt: TODAY + 30_000,
  }
  const refundOf = async (paymentId: string) => (await refundsOf(database, paymentId))[0]
  const tasksOf = async (paymentId: string) =>
    (await database.run<{ line: string }>(TASKS, [paymentId])).map(({ line }) => line)

  it('is asked for under the refund’s number, and then the money goes back', async () => {
    const task = await approved()
    await reversePosting(ports(reversed), task)
    const { paymentId } = task
    const refund = await refundOf(paymentId)
    expect(said).toEqual([
      'biller-1',
      { reversalId: refund?.refundNumber, postingId: `${paymentId}-1`, amount: 60 },
    ])
    expect(refund).toMatchObject({ state: 'approved', reversedAt: TODAY + 30_000 })
    expect(await tasksOf(paymentId)).toEqual(['post 1 done', 'refund 101', 'reverse 101 done'])
    await reversePosting(ports(reversed), task)
    expect(said).toHaveLength(2)
  })

  it('of a refund by hand is asked for where a person says so, and its refusal is a person’s again', async () => {
    const { paymentId } = await aLife(database, [...POSTING, 'posted'])
    const refund = {
      paymentId,
      refundNumber: 'by-hand',
      wechatRefundId: 'w-2',
      orderNumber: orderNumber(paymentId, 1),
      amountFen: fen(60),
      createdAt: TODAY,
    }
    const { refundNo = 0 } = await takeInRefund(database, refund, TODAY)
    const task = { paymentId, kind: 'reverse' as const, itemNo: refundNo, attempts: 1 }
    await retryTask(database, task, NOW)
    await reversePosting(ports({ state: 'refused', code: 'not-allowed' }), task)
    expect(said.at(-1)).toEqual({
      reversalId: `${paymentId}R101`,
      postingId: `${paymentId}-1`,
      amount: 60,
    })
    expect(await tasksOf(paymentId)).toEqual(['post 1 done', 'refund 101', 'reverse 101'])
    await retryTask(database, task, NOW)
    await reversePosting(ports(reversed), task)
    expect(await refundOf(paymentId)).toMatchObject({
      state: 'sent',
      takesFrom: 'unposted',
      reversedAt: TODAY + 30_000,
    })
    expect(await tasksOf(paymentId)).toEqual(['post 1 done', 'refund 101', 'reverse 101 done'])
    await reversePosting(ports(reversed), task)
    expect(said).toHaveLength(4)
  })

  it.each([false, true])(
    'of a refund by hand that WeChat closed is asked for only if it was already: %s',
    async (isAsked) => {
      const { paymentId } = await aLife(database, [...POSTING, 'posted'])
      const number = { refundNumber: 'by-hand', wechatRefundId: 'w-2', amountFen: fen(60) }
      const order = { orderNumber: orderNumber(paymentId, 1), createdAt: TODAY }
      const taken = await takeInRefund(database, { paymentId, ...number, ...order }, TODAY)
      const key = { paymentId, refundNo: taken.refundNo ?? 0 }
      const task = { paymentId, kind: 'reverse' as const, itemNo: key.refundNo, attempts: 1 }
      const end = { ...number, state: 'closed' as const, payerFen: fen(60), at: NOW }
      if (isAsked) {
        await retryTask(database, task, NOW)
        expect(await claimTask(database, task, NOW, 1)).toBeDefined()
      }
      await finishRefund(database, key, end, NOW)
      const line = isAsked ? 'reverse 101' : 'reverse 101 done'
      expect(await tasksOf(paymentId)).toEqual(['post 1 done', 'refund 101', line])
      if (!isAsked) return
      await reversePosting(ports(reversed), task)
      expect(said).toHaveLength(2)
      expect(await refundOf(paymentId)).toMatchObject({ state: 'closed', takesFrom: 'unposted' })
    },
  )

  it('is asked for of the item that the refund is of', async () => {
    const items = [100, 200].map((principal) => ({ orderNo: 1, principal, lateFee: 0 }))
    const paymentId = await aStoredPayment(database, items)
    await recordPaid(database, { paymentId, fact: paidFactOf(paymentId, items) }, TODAY)
    for (const itemNo of [1, 2]) await postItem(database, paymentId, itemNo)
    const task = await approvedOf(paymentId, 2)
    await reversePosting(ports(reversed), task)
    expect(said[1]).toMatchObject({ postingId: `${paymentId}-2`, amount: 60 })
  })

  it('ends the refund where the biller refuses, and is asked for no second time', async () => {
    const task = await approved()
    await reversePosting(ports({ state: 'refused', code: 'not-allowed' }), task)
    expect(await refundOf(task.paymentId)).toMatchObject({
      state: 'declined',
      declinedFor: 'not-allowed',
      finishedAt: NOW,
    })
    await reversePosting(ports(reversed), task)
    expect(said).toHaveLength(2)
    expect(await tasksOf(task.paymentId)).toEqual(['post 1 done', 'reverse 101 done'])
  })

  it('stays as unknown as it was where the biller does not answer', async () => {
    const task = await approved()
    const fault = new BillerFault('biller-1', 'silent')
    await expect(reversePosting(ports(fault), task)).rejects.toBe(fault)
    expect(await refundOf(task.paymentId)).toMatchObject({ state: 'approved', reversedAt: null })
    expect(await tasksOf(task.paymentId)).toEqual(['post 1 done', 'reverse 101'])
  })

  it('is of a refund', async () => {
    const task = await approved()
    await expect(reversePosting(ports(reversed), { ...task, itemNo: 1 })).rejects.toThrow(
      `law 7: a reversal without a refund, ${task.paymentId}`,
    )
    expect(said).toEqual([])
  })
})
