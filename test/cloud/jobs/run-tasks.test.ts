import { type Database, statement } from '../../../src/cloud/postgres/database'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { approveRefund, askRefund } from '../../../src/cloud/postgres/refund-requests'
import { requestRefund } from '../../../src/cloud/postgres/refunds'
import type { LogEntry, Ports } from '../../../src/cloud/use-cases/ports'
import { runDueTasks, runTasksOf } from '../../../src/cloud/use-cases/run-tasks'
import { WeChatPayFault } from '../../../src/cloud/wechat/we-chat-pay-fault'
import { fen } from '../../../src/core/money'
import { aDatabase, engineName } from '../../support/databases'
import { seat } from '../../support/desks'
import { aLife, POSTING } from '../../support/money-steps'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const HOUR_MS = 3_600_000
const EVER = Number.POSITIVE_INFINITY
const TASKS = statement(
  'test-tasks-of',
  `select kind, attempts, failures, done_at is not null as "isDone", person_reason as person, next_at as "nextAt"
   from outbox_task where payment_id = $1 order by kind`,
)
const FAILED = statement(
  'test-task-failed-often',
  `update outbox_task set failures = $2::int where payment_id = $1`,
)
const END_ALL = statement('test-tasks-ended', 'update outbox_task set done_at = now()')

type Task = {
  kind: string
  attempts: number
  failures: number
  isDone: boolean
  person: string | null
  nextAt: number
}

describe(`the tasks that are due, on the ${engineName()} engine`, () => {
  let database: Database
  let now: number
  let log: LogEntry[]
  let asked: string[]
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    now = TODAY
    log = []
    asked = []
    await database.run(END_ALL)
  })

  /** WeChat takes refunds, or fails like this; no account can be read, which is a bug of ours. */
  const ports = (fault?: Error): Ports =>
    portsOver(database, {
      now: () => now,
      log,
      biller: () => ({
        reverse: async () => ({ state: 'reversed', reversalNumber: 'B-1', reversedAt: now }),
      }),
      weChatPay: {
        queryRefund: async () => undefined,
        refund: async (_, refund) => {
          asked.push(refund.refundNumber)
          if (fault !== undefined) throw fault
          const { refundNumber, orderNumber, amount } = refund
          const at = now
          return {
            state: 'done',
            refundNumber,
            orderNumber,
            amount,
            payerAmount: amount,
            wechatRefundId: 'w',
            at,
          }
        },
      },
    })
  /** Settled: its posting is due. */
  const settled = async () => {
    const paymentId = await aStoredPayment(database)
    await recordPaid(database, { paymentId, fact: paidFactOf(paymentId) }, now)
    return paymentId
  }
  /** What is left to do is to give the money back. */
  const refunding = async () => {
    const paymentId = await settled()
    const refund = { paymentId, refundNo: 1, itemNo: 1, amountFen: fen(100), actor: 'jobs' }
    await requestRefund(database, { ...refund, reason: 'twice', rule: 'duplicate' }, now)
    return paymentId
  }
  const tasksOf = (paymentId: string) => database.run<Task>(TASKS, [paymentId])
  const faults = () =>
    log.map(({ level, event, paymentId, about }) => ({ level, event, paymentId, about }))

  it('are run once each, and counted', async () => {
    const payments = [await refunding(), await refunding()]
    expect(await runDueTasks(ports(), EVER)).toBe(2)
    expect(asked.sort()).toEqual(payments.map((id) => `${id}R001`).sort())
    expect((await tasksOf(payments[0] ?? '')).map(({ isDone }) => isDone)).toEqual([true, true])
    expect(await runDueTasks(ports(), EVER)).toBe(0)
    expect(log).toEqual([])
  })

  it('are not begun once time is over, nor before they are due', async () => {
    await refunding()
    expect(await runDueTasks(ports(), now)).toBe(0)
    now -= 1
    expect(await runDueTasks(ports(), EVER)).toBe(0)
    expect(asked).toEqual([])
  })

  it('are each begun once in a round, even when they are due again at once', async () => {
    const paymentId = await refunding()
    const late: Ports = { ...ports(new WeChatPayFault('SYSTEM_ERROR')) }
    expect(await runDueTasks({ ...late, now: () => (now += HOUR_MS) }, EVER)).toBe(1)
    expect(asked).toEqual([`${paymentId}R001`])
  })

  it('are run in the same round when they become due by others', async () => {
    const { paymentId } = await aLife(database, [...POSTING, 'posted'])
    await database.run(END_ALL)
    await seat(database)
    const refund = { paymentId, itemNo: 1, amountFen: fen(60), reason: 'moved out', actor: 'li' }
    const { refundNo = 0 } = await askRefund(database, refund, now)
    await approveRefund(database, { paymentId, refundNo }, 'zhao', now)
    expect(await runDueTasks(ports(), EVER)).toBe(2)
    expect(asked).toEqual([`${paymentId}R${refundNo}`])
    expect((await tasksOf(paymentId)).map(({ isDone }) => isDone)).toEqual([true, true, true, true])
  })

  it('of one payment are run at once, and no other', async () => {
    const [own] = [await refunding(), await refunding()]
    await runTasksOf(ports(), own)
    expect(asked).toEqual([`${own}R001`])
  })

  it('of a neighbour that fails are put off, for ever, with a warning', async () => {
    const paymentId = await refunding()
    await runTasksOf(ports(new WeChatPayFault('SYSTEM_ERROR')), paymentId)
    const [, refund] = await tasksOf(paymentId)
    expect(refund).toEqual({
      kind: 'refund',
      attempts: 1,
      failures: 0,
      isDone: false,
      person: null,
      nextAt: now + 2_000,
    })
    now += 2_000
    await runTasksOf(ports(new WeChatPayFault('SYSTEM_ERROR')), paymentId)
    expect((await tasksOf(paymentId))[1]).toMatchObject({ attempts: 2, nextAt: now + 5_000 })
    const warning = { level: 'warn', event: 'run-task', paymentId, about: 'refund 1' }
    expect(faults()).toEqual([warning, warning])
  })

  it('that fail by a bug of ours come to a person after eight tries, with an alarm', async () => {
    const paymentId = await settled()
    await runTasksOf(ports(), paymentId)
    expect(await tasksOf(paymentId)).toMatchObject([
      { kind: 'post', failures: 1, person: null, nextAt: now + 2_000 },
    ])
    expect(faults()).toEqual([{ level: 'error', event: 'run-task', paymentId, about: 'post 1' }])
    await database.run(FAILED, [paymentId, 6])
    for (const end of [null, 'fault']) {
      log.length = 0
      now += HOUR_MS
      await runTasksOf(ports(), paymentId)
      const person = (await tasksOf(paymentId))[0]?.person
      expect(person?.replace(/ .*/, '') ?? null).toBe(end)
      expect(person).toBe(end === null ? null : `fault ${log[0]?.errorId}`)
    }
    expect(faults()).toEqual([
      { level: 'error', event: 'run-task', paymentId, about: 'post 1' },
      { level: 'alarm', event: 'task-handed-over', paymentId, about: 'post 1' },
    ])
    expect(log[1]?.errorId).toBe(log[0]?.errorId)
  })

  it('of a posting that is later than its biller said ring at each failed try', async () => {
    const paymentId = await settled()
    const events = async (at: number) => {
      log.length = 0
      now = at
      await runTasksOf(ports(), paymentId)
      return faults().filter(({ level }) => level === 'alarm')
    }
    expect(await events(TODAY + 24 * HOUR_MS)).toEqual([])
    expect(await events(TODAY + 24 * HOUR_MS + 10_000)).toEqual([
      { level: 'alarm', event: 'posting-late', paymentId, about: 'post 1' },
    ])
    const given = await refunding()
    log.length = 0
    now += 48 * HOUR_MS
    await runTasksOf(ports(new WeChatPayFault('SYSTEM_ERROR')), given)
    expect(faults()).toEqual([
      { level: 'warn', event: 'run-task', paymentId: given, about: 'refund 1' },
    ])
  })

  it.each(['NOTENOUGH', 'USERACCOUNTABNORMAL', 'NOAUTH'])(
    'of a refund that WeChat holds up ring at each failed try: %s',
    async (code) => {
      const paymentId = await refunding()
      await runTasksOf(ports(new WeChatPayFault(code)), paymentId)
      expect(faults()).toEqual([
        { level: 'warn', event: 'run-task', paymentId, about: 'refund 1' },
        { level: 'alarm', event: 'refund-held-up', paymentId, about: 'refund 1' },
      ])
      expect(log[1]?.errorId).toBe(log[0]?.errorId)
      expect((await tasksOf(paymentId))[1]).toMatchObject({ isDone: false, person: null })
    },
  )

  it('of a posting are late by the item that they are of, which could be taken back for a while', async () => {
    const items = [0, 10].map((undoMinutes) => ({
      orderNo: 1,
      principal: 100,
      lateFee: 0,
      undoMinutes,
    }))
    const paymentId = await aStoredPayment(database, items)
    await recordPaid(database, { paymentId, fact: paidFactOf(paymentId, items) }, now)
    now += 24 * HOUR_MS + 60_000
    await runTasksOf(ports(), paymentId)
    const late = faults().filter(({ event }) => event === 'posting-late')
    expect(late.map(({ about }) => about)).toEqual(['post 1'])
  })

  it('are left to a later round where the database fails, with the fault named', async () => {
    const paymentId = await refunding()
    const run: Database['run'] = (one, parameters) =>
      one.name === 'outbox-claim'
        ? Promise.reject(new Error('gone'))
        : database.run(one, parameters)
    await runTasksOf({ ...ports(), database: { ...database, run } }, paymentId)
    expect(faults()).toEqual([{ level: 'error', event: 'run-task', paymentId, about: 'refund 1' }])
    expect((await tasksOf(paymentId))[1]).toMatchObject({ attempts: 0, isDone: false })
  })

  it('that another runner holds are left to it', async () => {
    const paymentId = await refunding()
    const slow = { ...ports(), weChatPay: { ...ports().weChatPay } }
    let meanwhile = Promise.resolve()
    const { refund } = slow.weChatPay
    slow.weChatPay.refund = async (...given) => {
      meanwhile = runTasksOf(ports(), paymentId)
      now += 29_999
      await meanwhile
      return refund(...given)
    }
    await runTasksOf(slow, paymentId)
    expect(asked).toEqual([`${paymentId}R001`])
    expect(log).toEqual([])
  })
})
