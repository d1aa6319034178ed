import { randomBytes } from 'node:crypto'
import { COMMANDS, runCommand } from '../../../src/cli/commands'
import { composePorts } from '../../../src/cloud/compose-ports'
import type { Config } from '../../../src/cloud/config'
import { findAccounts } from '../../../src/cloud/postgres/accounts'
import { statement } from '../../../src/cloud/postgres/database'
import { bindingsOf } from '../../../src/cloud/postgres/residents'
import { boundAccounts } from '../../../src/cloud/use-cases/bound-accounts'
import { engineName } from '../../support/databases'
import { CLERK, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const SEALED = statement(
  'test-sealed',
  'select account_id as "accountId", holder_sealed as holder, address_sealed as address, phone_sealed as phone from account',
)
type SealedRow = { accountId: string; holder: string; address: string; phone: string | null }
const command = (name: string) => {
  const found = COMMANDS[name]
  if (found === undefined) throw new Error(`no command ${name}`)
  return found
}

describe(`an operator's commands on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(() => town.close())
  const run = (name: string, ...words: string[]) =>
    runCommand(command(name), { config: town.config, database: town.database }, words)

  /** Every account as it opens under these keys: holder, address and phone. */
  const allAccounts = async (config: Config) => {
    const { database, personalData } = composePorts(config, { database: town.database })
    const rows = await database.run<SealedRow>(SEALED)
    return findAccounts(
      database,
      personalData,
      rows.map((row) => row.accountId),
    )
  }

  it('rotate the key of personal data: all is sealed under the new one and still opens', async () => {
    const { config } = town
    const { byId } = config.PERSONAL_DATA_KEYS
    const before = await allAccounts(config)
    const keys = { current: 'new', byId: { ...byId, new: randomBytes(32) } }
    const rotating = { ...config, PERSONAL_DATA_KEYS: keys }
    const at = { config: rotating, database: town.database }
    expect(await runCommand(command('keys rotate'), at, [])).toMatch(/^[1-9]\d* accounts sealed/)
    expect(await runCommand(command('keys rotate'), at, [])).toMatch(/^0 accounts/)
    const rows = await town.database.run<SealedRow>(SEALED)
    const values = rows.flatMap(({ holder, address, phone }) =>
      [holder, address, phone ?? []].flat(),
    )
    expect(values.length).toBeGreaterThan(rows.length * 2)
    expect(values.filter((sealed) => !sealed.startsWith('new.'))).toEqual([])
    const withoutOld = {
      ...rotating,
      PERSONAL_DATA_KEYS: { ...keys, byId: { new: keys.byId.new } },
    }
    expect(await allAccounts(withoutOld)).toEqual(before)
    const ports = composePorts(rotating, { database: town.database, now: town.clock.now })
    const bindings = await bindingsOf(town.database, WANG)
    const [account] = await boundAccounts(ports, { openid: WANG }, bindings)
    expect(account?.holder).toBe('张*')
  })

  it('invite a clerk, and take the desk away again', async () => {
    expect(await run('staff invite', 'pujiang-gas', 's-9', 'o-new', 'clerk', '周* 柜员 9')).toBe(
      's-9 is clerk of pujiang-gas',
    )
    expect(replyOf(await town.call('o-new', 'get-me', {})).staff?.billerId).toBe('pujiang-gas')
    await run('staff revoke', 's-9')
    expect(replyOf(await town.call('o-new', 'get-me', {})).staff).toBeUndefined()
    await expect(run('staff revoke', 's-9')).rejects.toThrow('not on the staff')
    const again = run('staff invite', 'pujiang-gas', 's-9', 'o-new', 'clerk', '周* 柜员 9')
    await expect(again).rejects.toThrow('s-9 is taken')
  })

  it('refuse a role that there is not, and a bills file with a broken row', async () => {
    await expect(run('staff invite', 'pujiang-gas', 's', 'o', 'king', 'X')).rejects.toThrow(
      'a role is',
    )
    await expect(run('bills import', 'liuzhen-water', __filename)).rejects.toThrow()
    expect(replyOf(await town.call(CLERK, 'get-me', {})).staff?.role).toBe('clerk')
  })

  it('match no day whose files cannot be there yet', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    for (const day of [tomorrow, '2099-01-01'])
      await expect(run('reconcile run', day)).rejects.toThrow('from 10:00 on the day after')
  })
})
