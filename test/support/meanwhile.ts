import { type Database, statement } from '../../src/cloud/postgres/database'

const OWN_PID = statement('test-own-pid', 'select pg_backend_pid() as pid')
const BLOCKED = statement(
  'test-blocked-by',
  'select count(*)::int as many from pg_stat_activity where $1::int = any(pg_blocking_pids(pid))',
)

/** Whether the second had to wait, and what it then said. */
type Seen = { went: 'waited' | 'went on'; answer: unknown }

export type Meanwhile = (
  first: (on: Database) => Promise<unknown>,
  second: () => Promise<unknown>,
  look?: () => Promise<unknown>,
) => Promise<Seen>

/**
 * What `second` says while `first` is done on the server and not yet committed; `look` is taken when it waits for
 * that. `other` is another connection to the same database.
 */
export function meanwhileOf(direct: Database, other: Database): Meanwhile {
  const waits = async (pid: number): Promise<'waited'> => {
    for (;;) {
      const [row] = await other.run<{ many: number }>(BLOCKED, [pid])
      if (row?.many === 1) return 'waited'
    }
  }
  return (first, second, look = async () => undefined) =>
    direct.session(async (session) => {
      const [own] = await session.run<{ pid: number }>(OWN_PID)
      await session.script('begin')
      try {
        await first({ ...direct, run: session.run })
        const answer = second()
        const wentOn = answer.then(() => 'went on' as const)
        const went = await Promise.race([wentOn, waits(own?.pid ?? 0)])
        await look()
        await session.script('commit')
        return { went, answer: await answer }
      } catch (error) {
        await session.script('rollback')
        throw error
      }
    })
}
