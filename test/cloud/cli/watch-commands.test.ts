import { statement } from '../../../src/cloud/postgres/database'
import { runJobs } from '../../../src/cloud/run-jobs'
import { auditRows } from '../../support/audit-rows'
import { engineName } from '../../support/databases'
import { start, WANG } from '../../support/payer'
import { runIn } from '../../support/run-command'
import { aTown, type Town } from '../../support/town'

const MINUTE_MS = 60_000
const FORGET_CHANGE = statement(
  'test-change-audit',
  `update audit set actor = 'o-else' where act = 'invite-staff'`,
)
/** As it was listed before rejected postings gave money back by rule. */
const LISTED_BEFORE = statement(
  'test-listed-before',
  `update outbox_task set done_at = null, person_reason = 'rejected', handed_at = null where kind = 'post'`,
)
const ITEM = statement('test-items', 'select payment_id as "paymentId" from payment_item limit 1')

describe(`what an operator watches on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(() => town.close())
  const run = (name: string, ...words: string[]) => runIn(town, name, ...words)
  const paymentId = async () =>
    (await town.database.run<{ paymentId: string }>(ITEM))[0]?.paymentId ?? ''
  const payUnseen = async (billerId: string) => {
    const { prepayId } = await start(town, WANG, billerId)
    town.weChatPay.tap(prepayId, 'paid')
    await town.pass(100)
  }
  /** The timers of a deployment that has no adapter for any biller, until a person has the task. */
  const untilHandedOver = async () => {
    const bug = () => {
      throw new Error('a bug')
    }
    const ports = { ...town.ports, billers: { ...town.ports.billers, adapter: bug } }
    for (let time = 0; time < 8; time += 1) {
      await runJobs({ ports, log: ports.log })
      await town.pass(60 * MINUTE_MS)
    }
  }

  it('is the list of what waits for a person, and a task that is given back runs again', async () => {
    expect(await run('tasks list')).toBe('nothing waits for a person')
    await payUnseen('jinghua-power')
    await untilHandedOver()
    const id = await paymentId()
    expect(await run('tasks list')).toMatch(
      new RegExp(`^${id}  post 1  jinghua-power  fault E\\S+  since 2026-11-16T21:17:00\\+08:00$`),
    )
    expect(await auditRows(town.database, 'hand-to-person')).toMatchObject([
      { subjectId: id, auditId: 'person:post:1:8', actor: 'jobs', reason: expect.any(String) },
    ])
    await town.jobs()
    expect(town.neighbours.billers.get('jinghua-power')?.books.credits()).toHaveLength(0)
    expect(await run('tasks retry', id, 'post', '1')).toContain('next round')
    expect(await run('tasks list')).toBe('nothing waits for a person')
    await town.jobs()
    expect(town.neighbours.billers.get('jinghua-power')?.books.credits()).toHaveLength(1)
    await expect(run('tasks retry', id, 'post', '1')).rejects.toThrow('no such task waits')
    expect(await auditRows(town.database, 'retry-task')).toMatchObject([
      { subjectId: id, actor: 'operator' },
    ])
  })

  it('lists the oldest first', async () => {
    await payUnseen('jinghua-power')
    await untilHandedOver()
    await payUnseen('shencheng-power')
    await untilHandedOver()
    const billers = (await run('tasks list')).split('\n').map((line) => line.split('  ')[2])
    expect(billers).toEqual(['jinghua-power', 'shencheng-power'])
  })

  it('does not tell a biller again what it rejected', async () => {
    await payUnseen('jinghua-power')
    town.neighbours.billers.get('jinghua-power')?.setFaults({ closedWindow: 1 })
    await town.jobs()
    await town.database.run(LISTED_BEFORE)
    const id = await paymentId()
    expect(await run('tasks list')).toContain(
      `${id}  post 1  jinghua-power  rejected  unknown since when`,
    )
    await expect(run('tasks retry', id, 'post', '1')).rejects.toThrow('the biller rejected it')
    expect(await run('tasks list')).toContain(id)
  })

  it.each([
    [['x', 'pay', '1'], 'a kind is'],
    [['x', 'post', 'one'], 'named by its number'],
    [['x', 'post', '1'], 'no such task waits'],
    [[], 'a kind is'],
  ])('refuses to retry %j', async (words, why) => {
    await expect(run('tasks retry', ...words)).rejects.toThrow(why)
  })

  it('is the list of payments that WeChat left unknown past their expiry', async () => {
    await start(town, WANG, 'jinghua-power')
    expect(await run('payments unknown')).toBe('no payment is unknown')
    town.weChatPay.faults.set({ serverError: 1 })
    await town.pass(20 * MINUTE_MS)
    await town.jobs()
    expect(await run('payments unknown')).toMatch(
      new RegExp(
        `^${await paymentId()}  awaiting  245.65  expired 2026-11-16T14:32:00\\+08:00  asked 1 times, next `,
      ),
    )
    town.weChatPay.faults.set({ serverError: 0 })
    await town.pass(61 * MINUTE_MS)
    await town.jobs()
    expect(await run('payments unknown')).toBe('no payment is unknown')
  })

  it('is whether the audit holds, also against a seal of the log', async () => {
    expect(await run('audit verify')).toBe(
      '0 rows under 0 seals are as they were written; last seal: none yet',
    )
    await town.pass(3 * MINUTE_MS)
    await town.jobs()
    const sealed = town.log.find((entry) => entry.event === 'audit-sealed')?.about ?? ''
    expect(await run('audit verify')).toBe(
      `2 rows under 1 seals are as they were written; last seal: ${sealed}`,
    )
    expect(await run('audit verify', ...sealed.split(' '))).toContain('as they were written')
    await expect(run('audit verify', '1', '0'.repeat(64))).rejects.toThrow('seal 1  not-as-logged')
    await town.database.run(FORGET_CHANGE)
    await expect(run('audit verify')).rejects.toThrow(/does not hold:\nseal 1 {2}row-changed/)
  })
})
