import type { BillStanding } from '../../contract/list-accounts'
import type { BillRef } from '../../contract/scalars'
import type { Fen } from '../../core/money'
import { dateOf } from '../../core/time'
import type { Manifest } from '../billers/manifest-schema'
import { type Account, findAccounts } from '../postgres/accounts'
import { findBill, type StoredBill } from '../postgres/bills'
import { type Binding, bindingsOf } from '../postgres/residents'
import { billAmount } from './bill-amount'
import { billStandings } from './bill-standing'
import { knownBiller } from './known-biller'
import { noteViews } from './note-views'
import type { Caller, Ports } from './ports'

/** A bill of a bound account with all that decides whether and for how much it can be paid. */
export type PayableBill = {
  bill: StoredBill
  account: Account
  binding: Binding
  manifest: Manifest
  principal: Fen
  lateFee: Fen
  total: Fen
  standing: BillStanding
}

/** The bills asked for, in that order; undefined when one is not this resident's to see. */
export async function payableBills(
  ports: Ports,
  caller: Caller,
  refs: readonly BillRef[],
): Promise<PayableBill[] | undefined> {
  const bindings = await bindingsOf(ports.database, caller.openid)
  const isBound = refs.every((ref) =>
    bindings.some((binding) => binding.accountId === ref.accountId),
  )
  if (!isBound) return undefined
  const bills = await Promise.all(refs.map((ref) => findBill(ports.database, ref)))
  const found = bills.filter((bill) => bill !== undefined)
  if (found.length !== refs.length) return undefined
  const accountIds = [...new Set(refs.map((ref) => ref.accountId))]
  await noteViews(ports, caller, accountIds)
  const accounts = await findAccounts(ports.database, ports.personalData, accountIds)
  const standingOf = await billStandings(ports, caller, found)
  return found.flatMap((bill) => {
    const account = accounts.get(bill.accountId)
    const binding = bindings.find((one) => one.accountId === bill.accountId)
    if (account === undefined || binding === undefined) return []
    const manifest = knownBiller(ports, bill.billerId)
    const amount = billAmount(manifest, bill, dateOf(ports.now()))
    return [{ bill, account, binding, manifest, ...amount, standing: standingOf(bill) }]
  })
}
