import { loadManifests } from '../../cloud/billers/load-manifests'
import type { Manifest } from '../../cloud/billers/manifest-schema'
import { deriveAccountId } from '../../cloud/postgres/personal-data'
import { putBinding, saveKnownAs } from '../../cloud/postgres/residents'
import { inviteStaff, putBillers } from '../../cloud/postgres/staff'
import { importBills } from '../../cloud/use-cases/import-bills'
import type { Ports } from '../../cloud/use-cases/ports'
import { syncAccount } from '../../cloud/use-cases/sync-account'
import { formatYuan } from '../../core/money'
import { formatQuantity } from '../../core/quantity'
import { dateOf } from '../../core/time'
import type { Neighbours } from '../neighbours'
import { demoCity } from './city'
import type { DemoAccount } from './households'
import { makeBills } from './make-bills'
import { DEMO_PEOPLE, type DemoPerson } from './people'

/** Fills billers' systems and our database with the demo city. */
export async function seedCity(
  ports: Ports,
  neighbours: Neighbours,
  { people = DEMO_PEOPLE, tell }: { people?: readonly DemoPerson[]; tell: (line: string) => void },
): Promise<void> {
  const manifests = loadManifests()
  const city = demoCity(dateOf(ports.now()))
  await putBillers(
    ports.database,
    manifests.map((manifest) => manifest.id),
  )
  loadBillers(city, manifests, neighbours, dateOf(ports.now()))
  for (const manifest of manifests.filter((one) => one.posting.adapter === 'hosted')) {
    const accounts = city.filter((one) => one.billerId === manifest.id)
    const imported = await importBills(
      ports,
      manifest.id,
      billsCsv(manifest, accounts, dateOf(ports.now())),
    )
    if (!imported.ok) throw new Error(`the demo's bills file of ${manifest.id} was refused`)
  }
  for (const [index, person] of people.entries()) {
    await seedPerson(ports, person)
    tell(`demo city: ${index + 1} of ${people.length} people moved in`)
  }
}

/** Gives every biller's system its accounts and 24 months of bills. */
export function loadBillers(
  city: readonly DemoAccount[],
  manifests: readonly Manifest[],
  neighbours: Neighbours,
  today: string,
): void {
  for (const manifest of manifests) {
    const accounts = city.filter((one) => one.billerId === manifest.id)
    neighbours.billers.get(manifest.id)?.books.load({
      accounts: accounts.map((one) => ({
        accountNumber: one.accountNumber,
        holderName: one.holder,
        address: one.address,
        phone: one.phone,
        meterNumber: `M${one.accountNumber.slice(0, 8)}`,
        people: one.people,
        state: one.suspended === true ? 'suspended' : 'active',
        ...(one.balance === undefined ? {} : { prepaidBalance: one.balance }),
        ...(one.lastPaid === undefined ? {} : { lastPaidAmount: one.lastPaid }),
      })),
      bills: accounts.flatMap((one) =>
        makeBills(manifest, one, today).map((bill) => ({
          accountNumber: one.accountNumber,
          bill: { ...bill },
        })),
      ),
      credits: [],
    })
  }
}

async function seedPerson(ports: Ports, person: DemoPerson): Promise<void> {
  if (person.knownAs !== undefined) await saveKnownAs(ports.database, person.openid, person.knownAs)
  if (person.staff !== undefined) {
    await inviteStaff(
      ports.database,
      { staffId: `staff-${person.openid}`, openid: person.openid, ...person.staff },
      ports.now(),
    )
  }
  for (const [index, one] of person.accounts.entries()) {
    const account = await ports.billers.adapter(one.billerId).findAccount(one.accountNumber)
    if (account === null) throw new Error(`the demo has no account ${one.accountNumber}`)
    await syncAccount(ports, one.billerId, account)
    await putBinding(ports.database, person.openid, {
      accountId: deriveAccountId(ports.personalData, one.billerId, one.accountNumber),
      label: one.label,
      household: one.household,
      boundAt: ports.now() + index,
    })
  }
}

/** A small town's bills file, as its water works would export it. */
function billsCsv(manifest: Manifest, accounts: readonly DemoAccount[], today: string): string {
  const head =
    'account_number,holder,address,meter,people,month,period_from,period_to,issued_on,due_on,previous_reading,current_reading,read_on,read_kind,amount,status'
  const rows = accounts.flatMap((one) =>
    makeBills(manifest, one, today).map((bill) =>
      [
        one.accountNumber,
        one.holder,
        one.address,
        `M${one.accountNumber}`,
        one.people,
        bill.month,
        bill.periodFrom,
        bill.periodTo,
        bill.issuedOn,
        bill.dueOn,
        formatQuantity(bill.previousReading),
        formatQuantity(bill.currentReading),
        bill.readOn,
        bill.readKind,
        formatYuan(bill.principal).replaceAll(',', ''),
        bill.status,
      ].join(','),
    ),
  )
  return [head, ...rows].join('\r\n')
}
