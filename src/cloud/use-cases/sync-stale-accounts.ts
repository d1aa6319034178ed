import { BillerFault } from '../billers/biller-fault'
import { staleAccounts, touchAccount } from '../postgres/accounts'
import type { Ports } from './ports'
import { resyncAccount } from './sync-account'

/** Bills may be paid at a counter or change: bound accounts are asked about every half hour. */
const STALE_MS = 30 * 60_000

/** Refreshes bound accounts that were not for a while; gives how many. */
export async function syncStaleAccounts(ports: Ports, most: number): Promise<number> {
  const accountIds = await staleAccounts(ports.database, ports.now() - STALE_MS, most)
  for (const accountId of accountIds) {
    // Touched first, so that a biller that is down does not hold up all others.
    await touchAccount(ports.database, accountId, ports.now())
    try {
      await resyncAccount(ports, accountId)
    } catch (error) {
      if (!(error instanceof BillerFault)) throw error
    }
  }
  return accountIds.length
}
