import type { ReplyOf, RequestOf } from '../../contract/call'
import type { getAccount as call } from '../../contract/get-account'
import { computeBill } from '../../core/tariff/compute-bill'
import { tierPosition } from '../../core/tariff/tier-position'
import { addMonths, dateOf } from '../../core/time'
import { forecastUsage, usedInPeriod } from '../../core/usage'
import { tariffOf } from '../billers/load-manifests'
import type { Manifest } from '../billers/manifest-schema'
import { type Account, findAccount } from '../postgres/accounts'
import { billsOfAccount, countBills, type StoredBill } from '../postgres/bills'
import { countReceipts } from '../postgres/receipts'
import { bindingsOf } from '../postgres/residents'
import { boundAccounts } from './bound-accounts'
import { knownBiller } from './known-biller'
import { noteViews } from './note-views'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'

const MONTHS = 24

type Reply = ReplyOf<typeof call>

/** One bound account with its tier, its use over 24 months and a forecast. Refusal: not-found. */
export async function getAccount(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const binding = (await bindingsOf(ports.database, caller.openid)).find(
    (one) => one.accountId === request.accountId,
  )
  if (binding === undefined) return refuse<typeof call>('not-found')
  await noteViews(ports, caller, [binding.accountId])
  const account = await findAccount(ports.database, ports.personalData, binding.accountId)
  if (account === undefined) return refuse<typeof call>('not-found')
  const [bound] = await boundAccounts(ports, caller, [binding])
  if (bound === undefined) return refuse<typeof call>('not-found')
  const bills = await billsOfAccount(ports.database, account.accountId, MONTHS)
  return done<typeof call>({
    account: bound,
    meterNumber: account.meterNumber,
    ...tariffFacts(ports, knownBiller(ports, account.billerId), account, bills),
    usage: [...bills].reverse().map(({ month, usage, readKind, principalFen }) => ({
      month,
      usage,
      estimated: readKind === 'estimated',
      amount: principalFen,
    })),
    bills: await countBills(ports.database, account.accountId),
    receipts: await countReceipts(ports.database, caller.openid, account.accountId),
  })
}

function tariffFacts(
  ports: Ports,
  manifest: Manifest,
  account: Account,
  bills: readonly StoredBill[],
): Pick<Reply, 'unit' | 'tariff' | 'tiers' | 'forecast'> {
  const tariff = tariffOf(manifest.tariffId)
  const today = dateOf(ports.now())
  const used = usedInPeriod(tariff.resets, today, bills)
  const position = tierPosition(tariff, { used, people: account.people, date: today })
  const forecast = forecastOf(tariff, account, bills)
  return {
    unit: tariff.unit,
    tariff: { id: tariff.id, validFrom: tariff.validFrom, resets: tariff.resets },
    tiers: {
      rows: position.tiers.map((tier, index) => ({ tier: index + 1, ...tier })),
      used,
      current: position.current,
      ...(position.leftUntilNext === undefined ? {} : { leftUntilNext: position.leftUntilNext }),
    },
    ...(forecast === undefined ? {} : { forecast }),
  }
}

function forecastOf(
  tariff: ReturnType<typeof tariffOf>,
  account: Account,
  bills: readonly StoredBill[],
): Reply['forecast'] {
  const latest = bills[0]
  if (latest === undefined || tariff.kind === 'time-of-use') return undefined
  const month = addMonths(latest.month, 1)
  const usage = forecastUsage(month, bills)
  if (usage === undefined) return undefined
  const readDate = `${month}-28`
  const usedBefore = usedInPeriod(tariff.resets, readDate, bills)
  const { totalFen } = computeBill(tariff, { usage, usedBefore, people: account.people, readDate })
  return { month, usage, amount: totalFen }
}
