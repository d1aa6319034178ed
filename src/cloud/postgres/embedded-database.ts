import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { type Database, DatabaseFault, type Parameter, type Statement } from './database'
import { takeFolder } from './owner-lock'
import { ROW_PARSERS } from './row-parsers'

/**
 * PostgreSQL asks for 128 MB of buffers and 16 MB of journal unless told otherwise, and clears them each
 * time it starts: most of a start's time, for a database that one process uses.
 */
const BUFFERS = ['-c', 'shared_buffers=16MB']
/** How every engine inside a process is made. */
export const ENGINE = {
  parsers: { ...ROW_PARSERS },
  startParams: [...PGlite.defaultStartParams, ...BUFFERS],
  initDbStartParams: [...BUFFERS, '--wal-segsize=1'],
}

/**
 * PostgreSQL inside this process, kept in a folder that is owned by this process alone (throws
 * AlreadyOwned); `address` tells another starter where this one is.
 */
export async function openEmbeddedDatabase(folder: string, address?: string): Promise<Database> {
  const release = takeFolder(folder, address)
  const engine = await PGlite.create({ ...ENGINE, dataDir: join(folder, 'data') }).catch(
    (error: unknown) => {
      release()
      throw error
    },
  )
  const database = embeddedDatabase(engine)
  return {
    ...database,
    close: async () => {
      await database.close()
      release()
    },
  }
}

/** An engine that is open, made as ENGINE says, as a database. */
export function embeddedDatabase(engine: PGlite): Database {
  const run = async <Row>(
    statement: Statement,
    parameters: readonly Parameter[] = [],
  ): Promise<Row[]> => {
    const result = await engine.query<Row>(statement.text, [...parameters])
    return result.rows
  }
  const load = async (into: Statement, lines: Uint8Array<ArrayBuffer>): Promise<void> => {
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
    close: () => engine.close(),
  }
}
