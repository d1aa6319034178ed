import { statement } from '../../../src/cloud/postgres/database'
import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import { inviteStaff } from '../../../src/cloud/postgres/staff'
import { watchMoney } from '../../../src/cloud/use-cases/watch-money'
import { auditRows } from '../../support/audit-rows'
import { engineName } from '../../support/databases'
import { pay, start, WANG } from '../../support/payer'
import { runIn } from '../../support/run-command'
import { aTown, type Town } from '../../support/town'

const BILLER = 'jinghua-power'
const DAY_MS = 86_400_000
const CHANGE = statement(
  'test-end-by-hand',
  `update dispute set state = 'ended' where payment_id = $1`,
)

describe(`disputes, on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
    await seat('li', 'o-li')
    await seat('wang', WANG)
  })
  afterEach(() => town.close())

  const seat = (staffId: string, openid: string) =>
    inviteStaff(
      town.database,
      { staffId, billerId: BILLER, openid, displayName: staffId, role: 'clerk' },
      town.clock.now(),
    )
  const run = (name: string, ...words: string[]) => runIn(town, name, ...words)
  const stored = (paymentId: string) => derivePaymentId(town.ports.personalData, WANG, paymentId)
  const paid = async () => stored((await pay(town, WANG, BILLER)).paymentId)

  it('is opened once, gathers evidence, changes hands, and ends with an outcome', async () => {
    const id = await paid()
    expect(await run('disputes list')).toBe('nothing is disputed')
    expect(await run('disputes open', 'li', id, '1', 'paid-not-credited')).toBe('dispute 1 is open')
    expect(await run('disputes open', 'li', id, '1', 'paid-not-credited')).toBe(
      'dispute 1 is open since before',
    )
    expect(
      await run('disputes note', 'li', id, '1', 'words', 'the', 'meter', 'shows', 'nothing'),
    ).toBe('it is added')
    expect(await run('disputes hand', 'li', id, '1', 'with-biller')).toMatch(
      /^it is with-biller, until 2026-11-18T/,
    )
    const shown = (await run('disputes show', id, '1')).split('\n')
    expect(shown[0]).toContain(`${id}  1  item 1  paid-not-credited  with-biller  opened by li`)
    expect(shown[1]).toMatch(/^ {2}1 {2}words {2}li .* the meter shows nothing$/)
    expect(await run('disputes end', 'li', id, '1', 'explained')).toBe('it ended: explained')
    await expect(run('disputes end', 'li', id, '1', 'refunded')).rejects.toThrow('it has ended')
    await expect(run('disputes hand', 'li', id, '1', 'open')).rejects.toThrow('it has ended')
    await expect(run('disputes note', 'li', id, '1', 'words', 'more')).rejects.toThrow('has ended')
    for (const act of ['open-dispute', 'add-evidence', 'hand-dispute', 'end-dispute'])
      expect(await auditRows(town.database, act)).toHaveLength(1)
    expect(await run('disputes open', 'li', id, '1', 'paid-not-credited')).toBe('dispute 2 is open')
  })

  it('is ended by the staff of the biller alone, and by nobody who paid', async () => {
    const id = await paid()
    await run('disputes open', 'o-anybody', id, '1', 'not-mine')
    await expect(run('disputes end', 'nobody', id, '1', 'rejected')).rejects.toThrow(
      'only the staff',
    )
    await expect(run('disputes hand', 'nobody', id, '1', 'with-biller')).rejects.toThrow('only the')
    await expect(run('disputes end', 'wang', id, '1', 'refunded')).rejects.toThrow('what they paid')
    await expect(town.database.run(CHANGE, [id])).rejects.toThrow()
    expect(await run('disputes list')).toContain('not-mine  open')
  })

  it('is about something that was paid, by a word of the lists', async () => {
    const { paymentId } = await start(town, WANG, BILLER)
    const open = (...words: string[]) => run('disputes open', 'li', ...words)
    await expect(open(stored(paymentId), '1', 'other')).rejects.toThrow('it is not paid')
    await expect(open('nothing', '1', 'other')).rejects.toThrow('no such item')
    await expect(open(stored(paymentId), 'x', 'other')).rejects.toThrow('by its number')
    await expect(open(stored(paymentId), '1', 'angry')).rejects.toThrow('a reason is one of')
    await expect(run('disputes show', stored(paymentId), '1')).rejects.toThrow('no such dispute')
  })

  it('rings once its answer is overdue', async () => {
    const id = await paid()
    await run('disputes open', 'li', id, '1', 'paid-twice')
    const rang = async () => {
      await watchMoney(town.ports, Number.POSITIVE_INFINITY)
      return town.log.filter((one) => one.event === 'gauge-dispute').length
    }
    town.clock.advance(DAY_MS - 60_000)
    expect(await rang()).toBe(0)
    town.clock.advance(61 * 60_000)
    expect(await rang()).toBe(1)
    await run('disputes hand', 'li', id, '1', 'with-resident')
    town.clock.advance(DAY_MS)
    expect(await rang()).toBe(1)
  })
})
