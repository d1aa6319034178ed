import type { Log } from './log'
import { askUnknownPayments } from './use-cases/ask-unknown-payments'
import { forgetAttempts } from './use-cases/forget-attempts'
import { newErrorId } from './use-cases/new-error-id'
import type { Ports } from './use-cases/ports'
import { reconcileDays } from './use-cases/reconcile-days'
import { runDueTasks } from './use-cases/run-tasks'
import { sealAudit } from './use-cases/seal-audit'
import { syncStaleAccounts } from './use-cases/sync-stale-accounts'
import { watchMoney } from './use-cases/watch-money'

/** The function is ended after 60 s; nothing is begun after this, the rest is for the next round. */
const BUDGET_MS = 45_000

const ROUNDS = [
  ['run-due-tasks', runDueTasks],
  ['ask-unknown-payments', askUnknownPayments],
  ['seal-audit', sealAudit],
  ['sync-stale-accounts', syncStaleAccounts],
  ['forget-attempts', forgetAttempts],
  ['reconcile-days', reconcileDays],
  ['watch-money', watchMoney],
] as const

/**
 * One round of the timers: the outbox emptied, what is unknown asked, audit rows sealed, accounts
 * refreshed, the day before matched, the books checked. Each has an equal share of the time that is left, and leaves what it does not need.
 */
export async function runJobs({ ports, log }: { ports: Ports; log: Log }): Promise<void> {
  const end = ports.now() + BUDGET_MS
  for (const [index, [event, round]] of ROUNDS.entries()) {
    const now = ports.now()
    try {
      const done = await round(ports, now + (end - now) / (ROUNDS.length - index))
      if (done > 0) log({ level: 'info', event: `${event} ${done}` })
    } catch (error) {
      log({ level: 'error', event, errorId: newErrorId(), error })
    }
  }
}
