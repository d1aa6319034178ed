import { type Database, onlyRow, statement } from '../../../src/cloud/postgres/database'
import { type ClaimedTask, claimTask } from '../../../src/cloud/postgres/outbox'
import { failTask, retryTask } from '../../../src/cloud/postgres/person-list'
import { aDatabase, engineName } from '../../support/databases'
import { aLife, PAID, postTaskOf } from '../../support/money-steps'
import { TODAY } from '../../support/town'

const MINUTE_MS = 60_000
const LEASE_MS = 30_000

const TASK = statement(
  'test-failed-task',
  `select failures, attempts, person_reason as "personReason",
     (select count(*)::int from audit where subject_id = payment_id and act = 'hand-to-person') as "handedOver"
   from outbox_task where payment_id = $1 and kind = 'post'`,
)

describe(`a try that failed by a bug, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  const claimed = async (paymentId: string, now: number): Promise<ClaimedTask> => {
    const task = await claimTask(database, postTaskOf(paymentId), now, LEASE_MS)
    if (task === undefined) throw new Error('the task is not due')
    return task
  }
  const aClaimedTask = async () => claimed((await aLife(database, PAID)).paymentId, TODAY)
  const fail = (task: ClaimedTask, { failuresMax = 8, now = TODAY } = {}) =>
    failTask(database, task, { nextAt: now + MINUTE_MS, failuresMax, reason: 'fault E1', now })
  const rowOf = async ({ paymentId }: ClaimedTask) => onlyRow(await database.run(TASK, [paymentId]))

  it('counts once when it is told again, with the same answer', async () => {
    const task = await aClaimedTask()
    for (let time = 0; time < 9; time += 1) expect(await fail(task)).toBe('postponed')
    expect(await rowOf(task)).toEqual({
      failures: 1,
      attempts: 1,
      personReason: null,
      handedOver: 0,
    })
  })

  it('counts once when it is told twice at the same moment', async () => {
    const task = await aClaimedTask()
    expect(await Promise.all([fail(task), fail(task), fail(task)])).toEqual([
      'postponed',
      'postponed',
      'postponed',
    ])
    expect(await rowOf(task)).toMatchObject({ failures: 1 })
  })

  it('comes to a person after eight tries, each told twice, and once', async () => {
    const { paymentId } = await aLife(database, PAID)
    for (let time = 1; time <= 8; time += 1) {
      const now = TODAY + time * MINUTE_MS
      const task = await claimed(paymentId, now)
      const answer = time < 8 ? 'postponed' : 'handed-over'
      expect([await fail(task, { now }), await fail(task, { now })]).toEqual([answer, answer])
      expect(await rowOf(task)).toEqual({
        failures: time,
        attempts: time,
        personReason: time < 8 ? null : 'fault E1',
        handedOver: time < 8 ? 0 : 1,
      })
    }
  })

  it('does not put off the next try when it is told again late', async () => {
    const first = await aClaimedTask()
    await fail(first)
    const second = await claimed(first.paymentId, TODAY + MINUTE_MS)
    expect(await fail(first, { now: TODAY + 10 * MINUTE_MS })).toBe('postponed')
    expect(await rowOf(first)).toMatchObject({ failures: 1, attempts: 2 })
    expect(await fail(second, { now: TODAY + MINUTE_MS })).toBe('postponed')
    expect(await rowOf(first)).toMatchObject({ failures: 2, attempts: 2 })
    expect(await fail(first)).toBe('gone')
  })

  it('does not count when another runner has the task', async () => {
    const slow = await aClaimedTask()
    await claimed(slow.paymentId, TODAY + LEASE_MS)
    expect(await fail(slow, { failuresMax: 1 })).toBe('gone')
    expect(await rowOf(slow)).toMatchObject({ failures: 0, personReason: null })
  })

  it('is not held against the task that a person gave back', async () => {
    const task = await aClaimedTask()
    expect(await fail(task, { failuresMax: 1 })).toBe('handed-over')
    expect(await retryTask(database, task, TODAY)).toBe('retried')
    await fail(task, { failuresMax: 1 })
    expect(await rowOf(task)).toMatchObject({ failures: 0, personReason: null, handedOver: 1 })
    const again = await claimed(task.paymentId, TODAY)
    expect(await fail(again, { failuresMax: 2 })).toBe('postponed')
    expect(await rowOf(task)).toMatchObject({ failures: 1, attempts: 2 })
  })
})
