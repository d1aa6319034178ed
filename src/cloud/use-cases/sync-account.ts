import type { BillerAccount, BillerBill } from '../billers/biller'
import { findAccount, putAccount } from '../postgres/accounts'
import { putBill } from '../postgres/bills'
import { deriveAccountId } from '../postgres/personal-data'
import { heldBills } from './held-bills'
import type { Ports } from './ports'

/**
 * Takes over what the biller says of an account and its bills, and gives the account's id here.
 * What we know as paid stays paid, whatever the biller still shows. Throws BillerFault.
 */
export async function syncAccount(
  ports: Ports,
  billerId: string,
  account: BillerAccount,
): Promise<string> {
  const accountId = deriveAccountId(ports.personalData, billerId, account.accountNumber)
  const bills = await ports.billers.adapter(billerId).bills(account.accountNumber)
  await putAccount(ports.database, ports.personalData, {
    accountId,
    billerId,
    accountNumber: account.accountNumber,
    holder: account.holderName,
    address: account.address,
    phone: account.phone ?? null,
    meterNumber: account.meterNumber,
    people: account.people,
    state: account.state,
    balanceFen: account.prepaidBalance ?? null,
    lastPaidFen: account.lastPaidAmount ?? null,
    syncedAt: ports.now(),
  })
  const held = await heldBills(ports, accountId, bills)
  for (const bill of bills) {
    if (!held.has(bill.billId)) await putBill(ports.database, billRow(accountId, billerId, bill))
  }
  return accountId
}

/** Asks the biller again about an account that is known here. */
export async function resyncAccount(ports: Ports, accountId: string): Promise<void> {
  const known = await findAccount(ports.database, ports.personalData, accountId)
  if (known === undefined) return
  const account = await ports.billers.adapter(known.billerId).findAccount(known.accountNumber)
  if (account !== null) await syncAccount(ports, known.billerId, account)
}

/** A biller’s bill as a row of ours. */
export function billRow(accountId: string, billerId: string, bill: BillerBill) {
  return {
    accountId,
    billId: bill.billId,
    billerId,
    revision: bill.revision,
    month: bill.month,
    periodFrom: bill.periodFrom,
    periodTo: bill.periodTo,
    issuedOn: bill.issuedOn,
    noticeOn: bill.noticeOn ?? null,
    dueOn: bill.dueOn,
    previousReading: bill.previousReading,
    currentReading: bill.currentReading,
    readOn: bill.readOn,
    readKind: bill.readKind,
    usage: bill.usage,
    usedBefore: bill.usedBefore,
    lines: bill.lines,
    principalFen: bill.principal,
    tariffVersion: bill.tariffVersion,
    status: bill.status,
  }
}
