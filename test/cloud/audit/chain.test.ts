import { statement, timestamp } from '../../../src/cloud/postgres/database'
import { sealAudit } from '../../../src/cloud/use-cases/seal-audit'
import { verifyAudit } from '../../../src/cloud/use-cases/verify-audit'
import { engineName } from '../../support/databases'
import { pay, SISTER, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const ROWS = statement('test-audit-count', 'select count(*)::int as rows from audit')
const MANY = statement(
  'test-many-audit',
  `insert into audit select 'many', n::text, $1::timestamptz, 'o', 'test', null
   from generate_series(1, 1300) n`,
)
const MINUTE_MS = 60_000

describe(`the chain of audit seals on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
    for (const openid of [WANG, SISTER]) {
      await pay(town, openid, openid === WANG ? 'jinghua-power' : 'yanjing-water')
      await town.call(openid, 'list-accounts', {})
      await town.pass(3 * MINUTE_MS)
      await town.jobs()
    }
  })
  afterEach(() => town.close())
  const spoil = (name: string, text: string) => town.database.run(statement(`test-${name}`, text))
  const flaws = async (logged?: { sealNo: number; hash: string }) =>
    (await verifyAudit(town.ports, logged)).flaws.map(({ sealNo, flaw }) => `${sealNo} ${flaw}`)
  const unsealed = async () => {
    const [audit] = await town.database.run<{ rows: number }>(ROWS)
    return (audit?.rows ?? 0) - (await verifyAudit(town.ports)).rows
  }

  it('holds over every row that is two minutes old, in several links', async () => {
    const { seals, rows, last } = await verifyAudit(town.ports)
    expect([seals, await flaws(), await unsealed()]).toEqual([2, [], 0])
    expect(rows).toBeGreaterThan(12)
    expect(town.log).toContainEqual({
      level: 'info',
      event: 'audit-sealed',
      about: `2 ${last?.hash}`,
    })
  })

  it('leaves a row alone whose like may still be on its way', async () => {
    await town.pass(3 * MINUTE_MS)
    await town.jobs()
    await town.call('o-a', 'look-up-account', {
      billerId: 'shenjiang-water',
      accountNumber: '310407300C',
      answer: '花',
    })
    await town.pass(2 * MINUTE_MS)
    await town.jobs()
    expect(await unsealed()).toBe(1)
    await town.pass(1)
    await town.jobs()
    expect(await unsealed()).toBe(0)
  })

  it.each([
    ['a changed row', `update audit set actor = 'o-else' where act = 'record-paid'`, 'row-changed'],
    [
      'a changed time',
      `update audit set at = at - interval '1 microsecond' where act = 'record-paid'`,
      'row-changed',
    ],
    ['a removed row', `delete from audit where act = 'record-paid'`, 'row-removed'],
  ])('finds %s, in the links that it is in', async (name, text, flaw) => {
    await spoil(flaw + name.length, text)
    expect(await flaws()).toEqual([`1 ${flaw}`, `2 ${flaw}`])
  })

  it('finds a row that was inserted into a time that is sealed', async () => {
    await spoil(
      'insert-late',
      `insert into audit select 'payment', 'settle', max(at) - interval '5 minutes', 'wechat', 'record-paid', null
       from audit where act = 'record-paid'`,
    )
    expect(await flaws()).toEqual(['1 row-inserted'])
  })

  it('finds a link that was removed, altered, or written anew by somebody without the key', async () => {
    const { last } = await verifyAudit(town.ports)
    await spoil('alter-hash', `update audit_seal set hash = repeat('0', 64) where seal_no = 1`)
    expect(await flaws()).toEqual(['1 row-changed', '2 row-changed'])
    await spoil('remove-link', 'delete from audit_seal where seal_no = 1')
    expect(await flaws()).toEqual(['2 seal-missing'])
    await spoil('cut-off', 'delete from audit_seal')
    expect(await flaws()).toEqual([])
    expect(await flaws(last)).toEqual(['2 not-as-logged'])
    await town.jobs()
    expect(await flaws(last)).toEqual(['2 not-as-logged'])
  })

  it('is one chain when two sealers run at the same moment, and a long backlog is sealed in parts', async () => {
    await town.database.run(MANY, [timestamp(town.clock.now())])
    await town.pass(3 * MINUTE_MS)
    const until = town.clock.now() + MINUTE_MS
    await Promise.all([sealAudit(town.ports, until), sealAudit(town.ports, until)])
    await sealAudit(town.ports, until)
    expect(await unsealed()).toBe(0)
    expect(await flaws()).toEqual([])
  })
})
