import type { Instant } from '../../core/time'
import { staleAccounts, touchAccount } from '../postgres/accounts'
import { inLanes } from './in-lanes'
import { noteFault } from './note-fault'
import type { Ports } from './ports'
import { resyncAccount } from './sync-account'

/** Bills may be paid at a counter or change: bound accounts are asked about every half hour. */
const STALE_MS = 30 * 60_000
/** Billers limit what is asked of them in a minute (peers: 1,000 by institution). */
const MOST = 100

/** Refreshes bound accounts that were not for a while; gives how many were begun. */
export async function syncStaleAccounts(ports: Ports, until: Instant): Promise<number> {
  const accountIds = await staleAccounts(ports.database, ports.now() - STALE_MS, MOST)
  return inLanes(
    accountIds,
    () => ports.now() >= until,
    (accountId) => refresh(ports, accountId),
  )
}

async function refresh(ports: Ports, accountId: string): Promise<void> {
  try {
    // Touched first, so that a biller that is down does not hold up all others.
    await touchAccount(ports.database, accountId, ports.now())
    await resyncAccount(ports, accountId)
  } catch (error) {
    noteFault(ports, { event: 'sync-account', about: accountId }, error)
  }
}
