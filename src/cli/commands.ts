import { readFileSync } from 'node:fs'
import { composePorts, type World } from '../cloud/compose-ports'
import type { Config } from '../cloud/config'
import { rotateAccounts } from '../cloud/postgres/accounts'
import { migrate } from '../cloud/postgres/migrate'
import { isStale } from '../cloud/postgres/personal-data'
import { inviteStaff, putBillers, revokeStaff } from '../cloud/postgres/staff'
import { importBills } from '../cloud/use-cases/import-bills'
import type { Command } from './command'
import { DISPUTE_COMMANDS } from './dispute-commands'
import { RECONCILE_COMMANDS } from './reconcile-commands'
import { REFUND_COMMANDS } from './refund-commands'
import { WATCH_COMMANDS } from './watch-commands'

/** What an operator can do, by noun and verb. */
export const COMMANDS: Record<string, Command> = {
  'migrations apply': {
    usage: '',
    does: 'brings the schema up to date and makes the billers of the manifests known',
    run: async ({ ports, database }) => {
      const applied = await migrate(database)
      const billers = ports.billers.all().map((manifest) => manifest.id)
      await putBillers(database, billers)
      return `${applied.length} migrations applied; billers: ${billers.join(', ')}`
    },
  },
  'billers list': {
    usage: '',
    does: 'lists the billers of the manifests',
    run: async ({ ports }) =>
      ports.billers
        .all()
        .map((one) => `${one.id}  ${one.names.zh}  ${one.service}  ${one.posting.adapter}`)
        .join('\n'),
  },
  'bills import': {
    usage: '<biller id> <file.csv>',
    does: 'takes a hosted biller’s bills file in: every row is checked before anything is written',
    run: async ({ ports }, [billerId = '', file = '']) => {
      const imported = await importBills(ports, billerId, readFileSync(file, 'utf8'))
      if (!imported.ok) throw new Error(JSON.stringify(imported))
      return `${imported.bills} bills taken in`
    },
  },
  'staff invite': {
    usage: '<biller id> <staff id> <openid> <clerk|supervisor> <name as colleagues see it>',
    does: 'gives a person the desk of a biller',
    run: async ({ ports, database }, [billerId = '', staffId = '', openid = '', role, ...name]) => {
      if (role !== 'clerk' && role !== 'supervisor')
        throw new Error('a role is clerk or supervisor')
      if (openid === '' || name.length === 0) throw new Error('openid and name are needed')
      const displayName = name.join(' ')
      const member = { staffId, billerId, openid, displayName, role } as const
      if (!(await inviteStaff(database, member, ports.now())))
        throw new Error(`${staffId} is taken, or was; choose another staff id`)
      return `${staffId} is ${role} of ${billerId}`
    },
  },
  'staff revoke': {
    usage: '<staff id>',
    does: 'takes the desk away; what was done stays recorded',
    run: async ({ ports, database }, [staffId = '']) => {
      if (!(await revokeStaff(database, staffId, ports.now())))
        throw new Error(`${staffId} is not on the staff`)
      return `${staffId} has no desk any more`
    },
  },
  'keys rotate': {
    usage: '',
    does: 'seals all personal data under the current key; then the old one can go',
    run: async ({ database, config }) => {
      const keys = {
        ...config.PERSONAL_DATA_KEYS,
        lookUpKey: config.PERSONAL_DATA_LOOK_UP_KEY,
      }
      const rotated = await rotateAccounts(database, keys, (sealed) => isStale(keys, sealed))
      return `${rotated} accounts sealed anew under ${keys.current}`
    },
  },
  ...REFUND_COMMANDS,
  ...DISPUTE_COMMANDS,
  ...WATCH_COMMANDS,
  ...RECONCILE_COMMANDS,
}

/** Runs a command with the ports of this configuration. */
export function runCommand(
  command: Command,
  { config, ...world }: { config: Config } & World,
  words: string[],
): Promise<string> {
  const ports = composePorts(config, world)
  return command.run({ config, database: world.database, ports }, words)
}
