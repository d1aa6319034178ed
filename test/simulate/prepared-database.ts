import { PGlite, protocol } from '@electric-sql/pglite'
import {
  type Database,
  DatabaseFault,
  type Parameter,
  type Statement,
} from '../../src/cloud/postgres/database'
import { ENGINE } from '../../src/cloud/postgres/embedded-database'
import { ROW_PARSERS } from '../../src/cloud/postgres/row-parsers'
import { type Answer, bindMessage, readAnswer } from './wire'

const { serialize } = protocol

type Column = { name: string; parse: ((text: string) => unknown) | undefined }

/**
 * PostgreSQL in memory whose statements are read and planned once, as on a server, and from then on only
 * bound and executed: reading and planning the same few statements is most of a history's time otherwise.
 */
export async function openPreparedDatabase(): Promise<Database> {
  const engine = await PGlite.create(ENGINE)
  const known = new Map<string, Column[]>()

  /** Message and answer are one synchronous call: nothing of another caller's comes in between. */
  function send(message: Buffer): Answer {
    const parts: Buffer[] = []
    void engine.execProtocolRawStream(message, {
      syncToFs: false,
      onRawData: (bytes) => parts.push(Buffer.from(bytes)),
    })
    return readAnswer(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts))
  }

  function prepared({ name, text }: Statement): Column[] {
    const before = known.get(name)
    if (before !== undefined) return before
    const { columns } = send(
      Buffer.concat([
        serialize.parse({ name, text }),
        serialize.describe({ type: 'S', name }),
        serialize.sync(),
      ]),
    )
    const own = columns.map((column) => ({ name: column.name, parse: ROW_PARSERS[column.type] }))
    known.set(name, own)
    return own
  }

  const run = async <Row>(
    statement: Statement,
    parameters: readonly Parameter[] = [],
  ): Promise<Row[]> => {
    const columns = prepared(statement)
    const { rows } = send(bindMessage(statement.name, parameters.map(asText)))
    return rows.map((fields) => rowOf(columns, fields) as Row)
  }
  /** A script may make the schema anew: what was planned before is forgotten. */
  const script = async (sql: string): Promise<void> => {
    await engine.exec(sql)
    await engine.exec('deallocate all')
    known.clear()
  }

  const load = async ({ text }: Statement, lines: Uint8Array<ArrayBuffer>): Promise<void> => {
    await engine.query(`${text} '/dev/blob'`, [], { blob: new Blob([lines]) })
  }

  // A plan serves every history that follows, and nobody's power fails here.
  await engine.exec('set plan_cache_mode = force_generic_plan; set synchronous_commit = off')
  return {
    engine: 'embedded',
    run: (statement, parameters) =>
      run<never>(statement, parameters).catch((error: unknown) => {
        throw new DatabaseFault(statement.name, error)
      }),
    session: (work) => work({ run, script, load }),
    close: () => engine.close(),
  }
}

function rowOf(columns: readonly Column[], fields: readonly (string | null)[]): object {
  const row: Record<string, unknown> = {}
  for (let index = 0; index < columns.length; index += 1) {
    const { name, parse } = columns[index] as Column
    const text = fields[index] ?? null
    row[name] = text === null || parse === undefined ? text : parse(text)
  }
  return row
}

function asText(value: Parameter): string | null {
  if (value === null) return null
  return typeof value === 'object' ? arrayText(value) : String(value)
}

/** An array in PostgreSQL's own writing. */
function arrayText(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
