import { COMMANDS, runCommand } from '../../../src/cli/commands'
import { type Database, statement } from '../../../src/cloud/postgres/database'
import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import { refundsOf } from '../../../src/cloud/postgres/refunds'
import { watchMoney } from '../../../src/cloud/use-cases/watch-money'
import { GAUGES } from '../../../src/core/gauges'
import { auditRows } from '../../support/audit-rows'
import { engineName } from '../../support/databases'
import { pay, start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const HOUR_MS = 3_600_000
const LOSE = statement(
  'test-lose-movement',
  `delete from movement where kind = 'post' returning payment_id as "paymentId"`,
)
const MEND = statement(
  'test-mend-movement',
  `insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
   select payment_id, item_no, 'post', biller_id, 'unposted', 'posted', amount_fen, posted_at
   from payment_item where payment_id = $1`,
)
const SHIFT = statement(
  'test-shift-movements',
  `update movement set at = at + $1::int * interval '1 hour' returning payment_id`,
)

describe(`what watches the money, on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(() => town.close())

  const watch = () => watchMoney(town.ports, Number.POSITIVE_INFINITY)
  const rang = () => town.log.filter((one) => one.level === 'alarm').map((one) => one.event)
  const run = (name: string, ...words: string[]) => {
    const command = COMMANDS[name]
    if (command === undefined) throw new Error(`no command ${name}`)
    const { config, database, clock } = town
    return runCommand(command, { config, database, now: clock.now, log: town.ports.log }, words)
  }

  it('is silent while all is well, and checks what moved once', async () => {
    await pay(town, WANG, 'jinghua-power')
    town.clock.advance(10 * 60_000)
    expect(await watch()).toBe(1)
    expect(await watch()).toBe(0)
    town.clock.advance(HOUR_MS)
    expect(await watch()).toBe(0)
    expect(rang()).toEqual([])
    expect(await run('ledger check')).toBe(
      '1 payments: every account holds what items and refunds say',
    )
    const gauges = (await run('gauges list')).split('\n')
    expect(gauges.map((line) => line.split('  ')[0])).toEqual([...GAUGES])
  })

  it('an account that does not hold what its item says rings every hour until it does', async () => {
    await pay(town, WANG, 'jinghua-power')
    const [lost] = await town.database.run<{ paymentId: string }>(LOSE)
    const id = lost?.paymentId ?? ''
    town.clock.advance(10 * 60_000)
    await watch()
    await watch()
    expect(rang()).toEqual(['ledger-flaw'])
    town.clock.advance(HOUR_MS)
    await watch()
    expect(rang()).toEqual(['ledger-flaw', 'ledger-flaw'])
    await expect(run('ledger check')).rejects.toThrow(
      `${id}  item 1  posted: the ledger holds 0 fen, items say -24565`,
    )
    const noted = Math.floor(town.clock.now() / 1_000) - HOUR_MS / 1_000
    expect(
      (await auditRows(town.database, 'note-ledger-flaw')).map(({ auditId }) => auditId),
    ).toEqual(['posted', 'unposted'].map((account) => `ledger-flaw:1:${account}:${noted}`))
    const end = (account: string) => run('ledger end', id, '1', account, 'op', 'restored')
    await expect(end('posted')).rejects.toThrow('do not agree yet')
    await town.database.run(MEND, [id])
    await end('posted')
    await end('unposted')
    await expect(end('posted')).rejects.toThrow('no such flaw')
    expect(await auditRows(town.database, 'end-ledger-flaw')).toHaveLength(2)
    town.clock.advance(HOUR_MS)
    await watch()
    expect(rang()).toHaveLength(2)
  })

  it.each([
    ['ahead', 24 * HOUR_MS, 0],
    ['behind', 0, -24 * HOUR_MS],
    ['ahead and one that is a day behind', 24 * HOUR_MS, -24 * HOUR_MS],
  ])(
    'what moves beside a clock that is a day %s is checked two days later at the latest',
    async (_, watches, writes) => {
      const now = town.clock.now
      const by = (off: number) => ({ ...town.ports, now: () => now() + off })
      await watchMoney(by(watches), Number.POSITIVE_INFINITY)
      await pay(town, WANG, 'jinghua-power')
      await town.database.run(LOSE)
      await town.database.run(SHIFT, [writes / HOUR_MS])
      town.clock.advance(HOUR_MS)
      await watch()
      expect(rang()).toEqual([])
      town.clock.advance(51 * HOUR_MS)
      await watch()
      expect(rang()).toContain('ledger-flaw')
    },
  )

  it('a clock that was a day ahead takes nobody’s turn', async () => {
    await start(town, WANG, 'jinghua-power')
    town.clock.advance(4 * HOUR_MS)
    const { now } = town.clock
    await watchMoney({ ...town.ports, now: () => now() + 24 * HOUR_MS }, Number.POSITIVE_INFINITY)
    await watch()
    await watch()
    expect(rang()).toEqual(['gauge-unsettled', 'gauge-unsettled'])
  })

  it('what has not ended in its time rings, once an hour', async () => {
    await start(town, WANG, 'jinghua-power')
    town.clock.advance(2 * HOUR_MS)
    await watch()
    expect(rang()).toEqual([])
    town.clock.advance(2 * HOUR_MS)
    await watch()
    await watch()
    expect(rang()).toEqual(['gauge-unsettled'])
    expect(await run('gauges list')).toMatch(
      /^unsettled {2}1, the oldest since .* OVER ITS LIMIT$/m,
    )
  })
  it('all that is over its limit rings by its own name, with how many and since when', async () => {
    const since = Date.parse('2026-10-01T00:00:00Z')
    const readings = GAUGES.map((gauge, index) => ({ gauge, open: index + 1, since }))
    const empty = { gauge: 'refund', open: 0, since: null }
    const run: Database['run'] = (one, parameters) =>
      one.name === 'gauges'
        ? Promise.resolve([...readings, empty] as never)
        : town.database.run(one, parameters)
    await watchMoney({ ...town.ports, database: { ...town.database, run } }, town.clock.now() + 1)
    expect(town.log.filter(({ level }) => level === 'alarm')).toEqual(
      GAUGES.map((gauge, index) => ({
        level: 'alarm',
        event: gauge === 'ledger-flaw' ? gauge : `gauge-${gauge}`,
        about: `${index + 1} open, since 2026-10-01T00:00:00.000Z`,
      })),
    )
  })

  it('money on its way back is on an account of its own', async () => {
    const payment = await start(town, WANG, 'jinghua-power')
    for (const { bill } of town.neighbours.billers.get('jinghua-power')?.books.dump().bills ?? [])
      bill.status = 'paid'
    town.weChatPay.tap(payment.prepayId, 'paid')
    await town.pass(100)
    town.weChatPay.faults.set({ noticeLost: 1 })
    await town.jobs()
    await town.jobs()
    const paymentId = derivePaymentId(town.ports.personalData, WANG, payment.paymentId)
    expect((await refundsOf(town.database, paymentId)).map(({ state }) => state)).toEqual(['sent'])
    town.clock.advance(HOUR_MS)
    expect(await run('ledger check')).toBe(
      '1 payments: every account holds what items and refunds say',
    )
  })

  it('what moved is checked two minutes later, however long ago the last check was', async () => {
    await watch()
    await pay(town, WANG, 'jinghua-power')
    town.clock.advance(2 * 60_000 - 1_000)
    expect(await watch()).toBe(0)
    town.clock.advance(3_000)
    expect(await watch()).toBe(1)
    await pay(town, WANG, 'pujiang-gas')
    town.clock.advance(7 * 60_000)
    await pay(town, WANG, 'shenjiang-water')
    town.clock.advance(2 * HOUR_MS)
    expect(await watch()).toBe(2)
  })

  it('nothing is checked once time is over; the next round goes on', async () => {
    await pay(town, WANG, 'jinghua-power')
    town.clock.advance(HOUR_MS)
    expect(await watchMoney(town.ports, town.clock.now())).toBe(0)
    expect(await watch()).toBe(1)
  })
})
