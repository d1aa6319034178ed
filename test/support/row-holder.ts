import { Client } from 'pg'

/** Somebody else at the server, in a transaction of their own that holds rows. */
export async function rowHolder(url: string) {
  const holder = await connected(url)
  // What goes on is seen once per transaction only: who watches is in none.
  const watcher = await connected(url)
  const { rows } = await holder.query('select pg_backend_pid() as pid')
  await holder.query('begin')
  return {
    /** Runs a statement in the transaction; one that waits for a lock is answered later. */
    run: (text: string, values: unknown[] = []) => holder.query(text, values),
    /** Until so many others wait for what this one holds. */
    untilOthersWait: async (many = 1): Promise<void> => {
      for (;;) {
        const waiting = await watcher.query(
          'select pid from pg_stat_activity where $1::int = any(pg_blocking_pids(pid))',
          [rows[0].pid],
        )
        if (waiting.rows.length >= many) return
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    /** Commits and leaves. */
    letGo: async (): Promise<void> => {
      await holder.query('commit')
      await Promise.all([holder.end(), watcher.end()])
    },
  }
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
}
