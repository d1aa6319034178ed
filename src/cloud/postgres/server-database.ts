import { finished } from 'node:stream/promises'
import type { Client, QueryConfig } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openConnections } from './connections'
import { type Database, DatabaseFault, type Parameter, type Statement } from './database'
import { repeatConflicts } from './repeat-conflicts'
import { ROW_PARSERS } from './row-parsers'

export type ServerSettings = {
  url: string
  /** Instances × `connections` must stay under the server's limit, so a function keeps it at 2. */
  connections: number
  /** From when on nothing is repeated any more, and a statement is given up; without it, never. */
  answerWithinMs?: number
}

/** A PostgreSQL server. A caller waits at most twice `answerWithinMs`: the last repeat counts, too. */
export function openServerDatabase({
  url,
  connections: most,
  answerWithinMs,
}: ServerSettings): Database {
  const connections = openConnections({ url, most, answerWithinMs })
  return {
    engine: 'server',
    run: (statement, parameters) => {
      const until = Date.now() + (answerWithinMs ?? Number.POSITIVE_INFINITY)
      return guarded(statement.name, () =>
        repeatConflicts(() => connections.use((client) => query(client, statement, parameters)), {
          wait: pause,
          chance: Math.random,
          isOver: () => Date.now() >= until,
        }),
      )
    },
    session: (work) =>
      connections.alone((client) =>
        work({
          script: (sql) => client.query(sql).then(() => undefined),
          load: (into, lines) => guarded(into.name, () => copy(client, into, lines)),
          run: (statement, parameters) => query(client, statement, parameters),
        }),
      ),
    close: () => connections.close(),
  }
}

/** Nothing else may be said on the connection meanwhile, as it is on one that is not pipelined. */
function copy(on: Client, into: Statement, lines: Uint8Array<ArrayBuffer>): Promise<void> {
  return finished(on.query(copyFrom(`${into.text} stdin`)).end(lines))
}

async function query<Row>(
  on: Client,
  statement: Statement,
  parameters: readonly Parameter[] = [],
): Promise<Row[]> {
  const config: QueryConfig = {
    name: statement.name,
    text: statement.text,
    values: [...parameters],
    types: { getTypeParser: (oid: number) => ROW_PARSERS[oid] ?? asText },
  }
  const result = await on.query(config)
  return result.rows as Row[]
}

/** Types without a parser of ours: numbers and truth values as usual, the rest as text. */
function asText(text: string): unknown {
  return text
}

async function guarded<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw new DatabaseFault(name, error)
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
