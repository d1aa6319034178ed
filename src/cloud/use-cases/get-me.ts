import type { getMe as call } from '../../contract/get-me'
import { dateOf, instantAt } from '../../core/time'
import { paidSince } from '../postgres/payments'
import { countReceipts } from '../postgres/receipts'
import { bindingsOf, findResident, staffOf } from '../postgres/residents'
import { knownBiller } from './known-biller'
import { done, type Outcome } from './outcome'
import type { Caller, Ports } from './ports'

/** The tab "Me". */
export async function getMe(ports: Ports, caller: Caller): Promise<Outcome<typeof call>> {
  const { database } = ports
  const yearBegan = instantAt(`${dateOf(ports.now()).slice(0, 4)}-01-01`, '00:00')
  const [resident, bindings, receipts, paidThisYear, staff] = await Promise.all([
    findResident(database, caller.openid),
    bindingsOf(database, caller.openid),
    countReceipts(database, caller.openid),
    paidSince(database, caller.openid, yearBegan),
    staffOf(database, caller.openid),
  ])
  const { knownAs, consentVersion, consentAt } = resident
  return done<typeof call>({
    households: new Set(bindings.map((binding) => binding.household)).size,
    accounts: bindings.length,
    receipts,
    paidThisYear,
    ...(knownAs === null ? {} : { knownAs }),
    ...(consentVersion === null || consentAt === null
      ? {}
      : { consent: { version: consentVersion, at: consentAt } }),
    ...(staff === undefined
      ? {}
      : {
          staff: {
            billerId: staff.billerId,
            billerName: knownBiller(ports, staff.billerId).names,
            role: staff.role,
          },
        }),
  })
}
