import { composePorts } from '../../../src/cloud/compose-ports'
import { statement } from '../../../src/cloud/postgres/database'
import { claimTask, dueTasks } from '../../../src/cloud/postgres/outbox'
import { runJobs } from '../../../src/cloud/run-jobs'
import type { LogEntry } from '../../../src/cloud/use-cases/ports'
import { runDueTasks } from '../../../src/cloud/use-cases/run-tasks'
import { engineName } from '../../support/databases'
import { expectLawsHold } from '../../support/money-laws'
import { paymentOf, start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const OPEN = statement(
  'test-open-tasks',
  `select i.biller_id as "billerId", t.kind from outbox_task t
     join payment_item i on i.payment_id = t.payment_id and i.item_no = t.item_no
   where t.done_at is null order by t.item_no`,
)
const DUE_AT = statement(
  'test-due-at',
  `select next_at as "nextAt" from outbox_task where done_at is null and kind = 'post' order by next_at limit 1`,
)
const MINUTE_MS = 60_000

describe(`a round of the timers on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(() => town.close())

  /** The same town as a deployment sees it that forgot one biller's endpoint. */
  const portsWithout = (billerId: string) => {
    const { [billerId]: _, ...endpoints } = town.config.BILLER_ENDPOINTS
    return composePorts(
      { ...town.config, BILLER_ENDPOINTS: endpoints },
      {
        database: town.database,
        log: (entry) => town.log.push(entry),
        now: town.clock.now,
        chance: () => 0.5,
        sleep: () => Promise.resolve(),
      },
    )
  }
  /** Pays, lets the notice come, and does not look: what is to be posted stays in the outbox. */
  const payUnseen = async (...billerIds: string[]) => {
    const payment = await start(town, WANG, ...billerIds)
    town.weChatPay.tap(payment.prepayId, 'paid')
    await town.pass(100)
    return payment
  }
  const openTasks = () => town.database.run<{ billerId: string; kind: string }>(OPEN)
  /** What the daily match says of the same biller's missing file is a matter of its own. */
  const told = (level: LogEntry['level']) =>
    town.log.filter((entry) => entry.level === level && !entry.event?.startsWith('daily-file'))
  const alarms = () => told('alarm')
  const untilNextTry = async () => {
    const [row] = await town.database.run<{ nextAt: number }>(DUE_AT)
    await town.pass((row?.nextAt ?? 0) - town.clock.now())
  }

  it('posts all others when one item fails by a bug, and ends that one at a person', async () => {
    const ports = portsWithout('jinghua-power')
    const round = () => runJobs({ ports, log: ports.log })
    await payUnseen('jinghua-power', 'shenjiang-water', 'shencheng-power')
    await round()
    await round()
    expect(await openTasks()).toEqual([{ billerId: 'jinghua-power', kind: 'post' }])
    const faults = told('error')
    expect(faults).toMatchObject([{ event: 'run-task', about: 'post 3' }])
    expect(faults[0]?.errorId).toMatch(/^E[0-9A-F]{3}-[0-9A-F]{4}$/)
    for (let time = 1; time < 8; time += 1) {
      expect(alarms()).toEqual([])
      await untilNextTry()
      await round()
    }
    expect(alarms()).toMatchObject([{ event: 'task-handed-over', about: 'post 3' }])
    await town.pass(24 * 60 * MINUTE_MS)
    await round()
    expect(town.log.filter((entry) => entry.event === 'run-task')).toHaveLength(8)
    await expectLawsHold(town.database)
  })

  it('never gives a biller that is down to a person, and is loud once it is later than it said', async () => {
    await payUnseen('jinghua-power')
    town.neighbours.billers.get('jinghua-power')?.setFaults({ down: 1 })
    for (let time = 0; time < 10; time += 1) {
      await town.jobs()
      await untilNextTry()
    }
    expect(town.log.filter((entry) => entry.event === 'run-task')[0]).toMatchObject({
      level: 'warn',
      about: 'post 1',
    })
    expect(alarms()).toEqual([])
    await town.pass(24 * 60 * MINUTE_MS)
    await town.jobs()
    expect(alarms()).toMatchObject([
      { event: 'posting-late', about: 'post 1' },
      { event: 'gauge-unposted' },
      { event: 'gauge-daily-file' },
    ])
    town.neighbours.billers.get('jinghua-power')?.setFaults({ down: 0 })
    await untilNextTry()
    await town.jobs()
    // What became due by the credit was done in the same round.
    expect(await openTasks()).toEqual([])
    expect(town.weChatPay.shipments()).toHaveLength(1)
  })

  it('asks about all others when one question fails, and is loud once a payment is unknown for long', async () => {
    const { paymentId } = await start(town, WANG, 'jinghua-power')
    const other = await start(town, WANG, 'shenjiang-water')
    const [order] = town.weChatPay.orders()
    await town.pass(40_000)
    const broken = {
      ...town.ports,
      weChatPay: {
        ...town.ports.weChatPay,
        query: (asked: Parameters<typeof town.ports.weChatPay.query>[0]) =>
          asked.orderNumber === order?.number
            ? Promise.reject(new Error('law 13: a bug'))
            : town.ports.weChatPay.query(asked),
      },
    }
    const round = () => runJobs({ ports: broken, log: broken.log })
    town.weChatPay.tap(other.prepayId, 'paid')
    town.weChatPay.faults.set({ noticeLost: 1 })
    await round()
    expect(town.log).toContainEqual(
      expect.objectContaining({
        level: 'error',
        event: 'ask-payment',
        errorId: expect.any(String),
      }),
    )
    expect((await paymentOf(town, WANG, other.paymentId)).state).toBe('paid')
    await town.pass(16 * MINUTE_MS)
    await round()
    expect(alarms()).toEqual([])
    await town.pass(2 * MINUTE_MS)
    await round()
    expect(alarms()).toMatchObject([{ event: 'payment-unknown-past-expiry' }])
    await town.pass(MINUTE_MS)
    await round()
    expect(alarms()).toHaveLength(1)
    await town.pass(60 * MINUTE_MS)
    await town.jobs()
    expect((await paymentOf(town, WANG, paymentId)).state).toBe('closed')
    expect(alarms()).toHaveLength(1)
  })

  it('refreshes the accounts of all other billers when one has no adapter', async () => {
    const ports = portsWithout('jinghua-power')
    await town.pass(31 * MINUTE_MS)
    await runJobs({ ports, log: ports.log })
    expect(town.log.filter((entry) => entry.event === 'sync-account')).toMatchObject([
      { level: 'error', about: expect.any(String) },
    ])
    const [done] = town.log.filter((entry) => entry.event?.startsWith('sync-stale-accounts'))
    expect(done).toMatchObject({ level: 'info' })
    expect(Number(done?.event?.split(' ')[1])).toBeGreaterThan(5)
  })

  it('begins nothing when its share of 45 seconds is over, and leaves the rest to the next one', async () => {
    await payUnseen('jinghua-power', 'shenjiang-water', 'shencheng-power')
    const slow = {
      ...town.ports,
      now: () => {
        town.clock.advance(2_500)
        return town.clock.now()
      },
    }
    await runJobs({ ports: slow, log: slow.log })
    const left = (await openTasks()).filter((task) => task.kind === 'post').length
    expect([1, 2]).toContain(left)
    await town.pass(MINUTE_MS)
    await town.jobs()
    expect((await openTasks()).filter((task) => task.kind === 'post')).toEqual([])
  })

  it('gives one task to one of two sweepers, and to the other only when the lease has ended', async () => {
    await payUnseen('jinghua-power')
    const now = town.clock.now()
    const [key] = await dueTasks(town.database, now, 10)
    if (key === undefined) throw new Error('nothing is due')
    const claims = await Promise.all(
      [1, 2, 3].map(() => claimTask(town.database, key, now, MINUTE_MS)),
    )
    expect(claims.filter((claim) => claim !== undefined)).toEqual([{ ...key, attempts: 1 }])
    expect(await claimTask(town.database, key, now + MINUTE_MS - 1, MINUTE_MS)).toBeUndefined()
    expect(await claimTask(town.database, key, now + MINUTE_MS, MINUTE_MS)).toMatchObject({
      attempts: 2,
    })
  })

  it('tells the biller once when two rounds run at the same moment', async () => {
    await payUnseen('jinghua-power', 'shenjiang-water')
    const until = town.clock.now() + MINUTE_MS
    await Promise.all([runDueTasks(town.ports, until), runDueTasks(town.ports, until)])
    for (const billerId of ['jinghua-power', 'shenjiang-water'])
      expect(town.neighbours.billers.get(billerId)?.books.credits()).toHaveLength(1)
    // What became due by the credit was done in the same round, once.
    expect(await openTasks()).toEqual([])
    expect(town.weChatPay.shipments()).toHaveLength(2)
    expect(town.log.filter((entry) => entry.level !== 'info')).toEqual([])
    await expectLawsHold(town.database)
  })
})
