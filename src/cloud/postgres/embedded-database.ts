import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { type Database, DatabaseFault, type Parameter, type Statement } from './database'
import { takeFolder } from './owner-lock'
import { ROW_PARSERS } from './row-parsers'

/**
 * PostgreSQL inside this process. With a folder it is kept there and owned by this process alone
 * (throws AlreadyOwned); `address` tells another starter where this one is. Without a folder it
 * lives in memory.
 */
export async function openEmbeddedDatabase(folder?: string, address?: string): Promise<Database> {
  const release = folder === undefined ? () => undefined : takeFolder(folder, address)
  const engine = await create(folder).catch((error: unknown) => {
    release()
    throw error
  })
  const run = async <Row>(
    statement: Statement,
    parameters: readonly Parameter[] = [],
  ): Promise<Row[]> => {
    const result = await engine.query<Row>(statement.text, [...parameters])
    return result.rows
  }
  const load = async (into: Statement, lines: string): Promise<void> => {
    await engine
      .query(`${into.text} '/dev/blob'`, [], { blob: new Blob([lines]) })
      .catch((error: unknown) => {
        throw new DatabaseFault(into.name, error)
      })
  }
  return {
    engine: 'embedded',
    run: (statement, parameters) =>
      run<never>(statement, parameters).catch((error: unknown) => {
        throw new DatabaseFault(statement.name, error)
      }),
    session: (work) => work({ run, load, script: (sql) => engine.exec(sql).then(() => undefined) }),
    close: async () => {
      await engine.close()
      release()
    },
  }
}

function create(folder: string | undefined): Promise<PGlite> {
  const parsers = { ...ROW_PARSERS }
  return folder === undefined
    ? PGlite.create({ parsers })
    : PGlite.create({ dataDir: join(folder, 'data'), parsers })
}
