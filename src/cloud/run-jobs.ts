import type { Log } from './log'
import { askUnknownPayments } from './use-cases/ask-unknown-payments'
import type { Ports } from './use-cases/ports'
import { runDueTasks } from './use-cases/run-tasks'
import { syncStaleAccounts } from './use-cases/sync-stale-accounts'

const BATCH = 50

/** One round of the timers: what is unknown is asked, the outbox emptied, accounts refreshed. */
export async function runJobs({ ports, log }: { ports: Ports; log: Log }): Promise<void> {
  const rounds = [
    ['ask-unknown-payments', askUnknownPayments],
    ['run-due-tasks', runDueTasks],
    ['sync-stale-accounts', syncStaleAccounts],
  ] as const
  for (const [event, round] of rounds) {
    try {
      const done = await round(ports, BATCH)
      if (done > 0) log({ level: 'info', event: `${event} ${done}` })
    } catch (error) {
      log({ level: 'error', event, error })
    }
  }
}
