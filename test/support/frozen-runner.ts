import type { Session } from '../../src/cloud/postgres/database'
import type { Ports } from '../../src/cloud/use-cases/ports'
import { runDueTasks } from '../../src/cloud/use-cases/run-tasks'
import type { Town } from './town'

const HOUR_MS = 3_600_000

/**
 * A runner of the timers, of the outbox if nothing else is said, whose clock is an hour ahead, and that freezes right before its first
 * statement of this name: long past any lease, until it is let go.
 */
export async function frozenBefore(
  town: Town,
  statementName: string,
  work: (ports: Ports, until: number) => Promise<number> = runDueTasks,
) {
  let letGo = () => {}
  const thaw = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let froze = () => {}
  const frozen = new Promise<void>((resolve) => {
    froze = resolve
  })
  const { database, now } = town.ports
  const freezing =
    (run: Session['run']): Session['run'] =>
    async (statement, parameters) => {
      if (statement.name === statementName) {
        froze()
        await thaw
      }
      return run(statement, parameters)
    }
  const ports: Ports = {
    ...town.ports,
    database: {
      ...database,
      run: freezing(database.run),
      session: (use) =>
        database.session((session) => use({ ...session, run: freezing(session.run) })),
    },
    now: () => now() + HOUR_MS,
  }
  const ended = work(ports, Number.POSITIVE_INFINITY)
  await frozen
  return {
    goOn: async () => {
      letGo()
      await ended
    },
  }
}
