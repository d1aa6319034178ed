import { composePorts } from '../../src/cloud/compose-ports'
import { readConfig } from '../../src/cloud/config'
import type { Database } from '../../src/cloud/postgres/database'
import { migrate } from '../../src/cloud/postgres/migrate'
import { putBinding } from '../../src/cloud/postgres/residents'
import { putBillers } from '../../src/cloud/postgres/staff'
import { syncAccount } from '../../src/cloud/use-cases/sync-account'
import { dateOf } from '../../src/core/time'
import type { DemoAccount } from '../../src/stand/demo/households'
import { loadBillers } from '../../src/stand/demo/seed'
import type { Neighbours } from '../../src/stand/neighbours'

/** Every one of the 24 months that a biller shows is due. */
const BILLS_PER_ACCOUNT = 24
const DUE_IN_DAYS = Array.from({ length: BILLS_PER_ACCOUNT }, (_, index) => 3 + (index % 12))

/**
 * Residents with accounts of every biller that has a system of its own, all bills due, so many that
 * each of them has `bills` to pay.
 */
export async function foundTown(
  database: Database,
  environment: Record<string, string>,
  neighbours: Neighbours,
  { payers, bills }: { payers: number; bills: number },
): Promise<string[]> {
  await migrate(database)
  const ports = composePorts(readConfig(environment), { database })
  // What can be taken back waits for ten minutes before anybody is told: no storm lasts so long.
  const manifests = ports.billers
    .all()
    .filter((one) => neighbours.billers.has(one.id) && one.posting.undoMinutes === undefined)
  await putBillers(
    database,
    manifests.map((one) => one.id),
  )
  const each = Math.ceil(bills / BILLS_PER_ACCOUNT)
  const openids = Array.from({ length: payers }, (_, index) => `o-kill-${index}`)
  const accounts = openids.flatMap((openid, payer) =>
    Array.from({ length: each }, (_, index) => {
      const manifest = manifests[(payer + index) % manifests.length]
      if (manifest === undefined) throw new Error('there is no biller')
      const serial = String(payer * each + index + 1)
      const digits = manifest.accountNumber.rule.digits - 1
      return { openid, account: anAccount(manifest.id, `7${serial.padStart(digits, '0')}`) }
    }),
  )
  const today = dateOf(ports.now())
  loadBillers(
    accounts.map((one) => one.account),
    manifests,
    neighbours,
    today,
  )
  for (const { openid, account } of accounts) {
    const found = await ports.billers.adapter(account.billerId).findAccount(account.accountNumber)
    if (found === null) throw new Error(`no account ${account.accountNumber}`)
    const accountId = await syncAccount(ports, account.billerId, found)
    const binding = { accountId, label: '户号', household: '城里', boundAt: ports.now() }
    await putBinding(database, openid, binding)
  }
  return openids
}

function anAccount(billerId: string, accountNumber: string): DemoAccount {
  return {
    billerId,
    accountNumber,
    holder: '张三',
    address: '大街1号101室',
    phone: '13800000000',
    people: 3,
    usages: Array.from({ length: BILLS_PER_ACCOUNT }, (_, index) => 8 + (index % 9)),
    dueInDays: DUE_IN_DAYS,
  }
}
