import { Client } from 'pg'

/** A connection that rested so long may be gone unnoticed: a function is frozen between its calls. */
const RESTED_MS = 10_000
const CONNECT_MS = 5_000

type Connection = { client: Client; ready: Promise<unknown>; busy: number; usedAt: number }

export type ConnectionSettings = {
  url: string
  /** So many connections at most. */
  most: number
  /** How long a statement may be under way, its wait behind others included; without it, any time. */
  answerWithinMs?: number | undefined
}

/**
 * At most so many connections, opened when needed. Each carries several statements at once, sent
 * without waiting for the answers of those before (PostgreSQL's pipelining), so that few connections
 * serve many callers; pg's own pool gives a connection to one statement at a time.
 */
export function openConnections(settings: ConnectionSettings) {
  const { url, most } = settings
  const open = new Set<Connection>()

  function connect(): Connection {
    const client = openPipelined(settings)
    const connection = { client, ready: client.connect(), busy: 0, usedAt: Date.now() }
    open.add(connection)
    const forget = () => open.delete(connection)
    client.once('end', forget)
    // Broken: its statements fail by themselves, and the next one opens another connection.
    client.on('error', forget)
    return connection
  }

  function freest(): Connection {
    const [first] = [...open].sort((one, other) => one.busy - other.busy)
    if (first === undefined || (first.busy > 0 && open.size < most)) return connect()
    if (first.busy > 0 || Date.now() - first.usedAt < RESTED_MS) return first
    open.delete(first)
    first.client.end().catch(() => undefined)
    return connect()
  }

  return {
    /** Does `work` on the connection with the fewest statements under way. */
    async use<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
      const connection = freest()
      connection.busy += 1
      try {
        await connection.ready
        return await work(connection.client)
      } catch (error) {
        // A connection that could not be made is of no use to the next caller either.
        await connection.ready.catch(() => open.delete(connection))
        throw error
      } finally {
        connection.busy -= 1
        connection.usedAt = Date.now()
      }
    },
    /** Does `work` on a connection of its own, where one statement waits for the other. */
    async alone<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
      const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS })
      client.on('error', () => undefined)
      await client.connect()
      try {
        return await work(client)
      } finally {
        await client.end().catch(() => undefined)
      }
    },
    /** Waits for what is under way, then ends every connection. */
    async close(): Promise<void> {
      await Promise.all(
        [...open].map(({ client, ready }) =>
          ready.then(
            () => client.end(),
            () => undefined,
          ),
        ),
      )
    },
  }
}

/**
 * The server ends a statement at two thirds of the time, so that the one behind it still has its
 * turn. A connection that has given no answer by then is dead or stuck: `pg` gives it up.
 */
function openPipelined({ url, answerWithinMs }: ConnectionSettings): Client {
  return new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    pipeline: true,
    ...(answerWithinMs === undefined
      ? {}
      : {
          statement_timeout: Math.ceil((answerWithinMs * 2) / 3),
          query_timeout: answerWithinMs,
        }),
  })
}
