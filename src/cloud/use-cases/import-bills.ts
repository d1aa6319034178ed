import { type BillsFile, readBillsCsv } from '../billers/hosted/read-bills-csv'
import { tariffOf } from '../billers/load-manifests'
import { putAccount } from '../postgres/accounts'
import { putBill } from '../postgres/bills'
import { deriveAccountId } from '../postgres/personal-data'
import { knownBiller } from './known-biller'
import type { Ports } from './ports'
import { billRow } from './sync-account'

/**
 * Takes a hosted biller's bills file in: every row is checked before anything is written. Importing
 * the same file again changes nothing.
 */
export async function importBills(
  ports: Ports,
  billerId: string,
  text: string,
): Promise<{ ok: true; bills: number } | Extract<BillsFile, { ok: false }>> {
  const manifest = knownBiller(ports, billerId)
  const file = readBillsCsv(text, {
    rule: manifest.accountNumber.rule,
    tariff: tariffOf(manifest.tariffId),
  })
  if (!file.ok) return file
  const known = new Set<string>()
  for (const { account, bill } of file.rows) {
    const accountId = deriveAccountId(ports.personalData, billerId, account.accountNumber)
    if (!known.has(accountId)) {
      known.add(accountId)
      await putAccount(ports.database, ports.personalData, {
        accountId,
        billerId,
        accountNumber: account.accountNumber,
        holder: account.holderName,
        address: account.address,
        phone: null,
        meterNumber: account.meterNumber,
        people: account.people,
        state: account.state,
        balanceFen: null,
        lastPaidFen: null,
        syncedAt: ports.now(),
      })
    }
    await putBill(ports.database, billRow(accountId, billerId, bill))
  }
  return { ok: true, bills: file.rows.length }
}
