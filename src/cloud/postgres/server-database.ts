import { Pool, type PoolClient, type QueryConfig } from 'pg'
import {
  type Database,
  DatabaseFault,
  type Parameter,
  type Session,
  type Statement,
} from './database'
import { repeatConflicts } from './repeat-conflicts'
import { ROW_PARSERS } from './row-parsers'

/** A PostgreSQL server. Connections are instances × `connections`, so a function keeps it at 2. */
export function openServerDatabase(settings: { url: string; connections: number }): Database {
  const pool = new Pool({
    connectionString: settings.url,
    max: settings.connections,
    connectionTimeoutMillis: 5_000,
  })
  // An idle connection that breaks is replaced at the next use; unheard it would end the process.
  pool.on('error', () => undefined)
  return {
    engine: 'server',
    run: (statement, parameters) =>
      guarded(statement.name, () =>
        repeatConflicts(() => query(pool, statement, parameters), pause),
      ),
    session: (work) => withClient(pool, work),
    close: () => pool.end(),
  }
}

async function withClient<Result>(
  pool: Pool,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  try {
    return await work({
      script: (sql) => client.query(sql).then(() => undefined),
      run: (statement, parameters) => query(client, statement, parameters),
    })
  } finally {
    client.release()
  }
}

async function query<Row>(
  on: Pool | PoolClient,
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
