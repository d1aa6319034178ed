import { PGlite, protocol } from '@electric-sql/pglite'
import {
  type Database,
  DatabaseFault,
  type Parameter,
  type Statement,
} from '../../src/cloud/postgres/database'
import { ENGINE } from '../../src/cloud/postgres/embedded-database'
import { ROW_PARSERS } from '../../src/cloud/postgres/row-parsers'
import { type Answer, bindMessage, readAnswer, SYNC } from './wire'
import { type Asking, askingOf, type Written } from './written'

const { serialize } = protocol
const NOTHING = Buffer.alloc(0)

type Known = { columns: Column[]; asks: Buffer }
type Column = { name: string; parse: ((text: string) => unknown) | undefined }

export type WatchedDatabase = Database & {
  /** From now on each statement’s transaction is asked what it wrote to these tables. */
  watch: (tables: readonly string[]) => Promise<void>
  /** What was written to them since this was asked last; undefined when nothing was. */
  takeWritten: () => Written | undefined
}

/**
 * PostgreSQL in memory whose statements are read and planned once, as on a server, and from then on only
 * bound and executed: reading and planning the same few statements is most of a history's time otherwise.
 */
export async function openPreparedDatabase(): Promise<WatchedDatabase> {
  const engine = await PGlite.create(ENGINE)
  const known = new Map<string, Known>()
  let ask: Asking | undefined
  let told: string[] = []

  /** Message and answer are one synchronous call: nothing of another caller's comes in between. */
  function send(message: Buffer): Answer {
    const parts: Buffer[] = []
    void engine.execProtocolRawStream(message, {
      syncToFs: false,
      onRawData: (bytes) => parts.push(Buffer.from(bytes)),
    })
    return readAnswer(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts))
  }

  function prepared(statement: Statement): Known {
    const { name, text } = statement
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
    const asking = ask?.mayWrite(statement) === true ? ask.what : ask?.whether
    const asks = asking === undefined ? NOTHING : bindMessage(asking.name, [])
    known.set(name, { columns: own, asks })
    return { columns: own, asks }
  }

  const run = async <Row>(
    statement: Statement,
    parameters: readonly Parameter[] = [],
  ): Promise<Row[]> => {
    const { columns, asks } = prepared(statement)
    const message = bindMessage(statement.name, parameters.map(asText))
    const { rows } = send(Buffer.concat([message, asks, SYNC]))
    const wrote = asks === NOTHING ? null : rows.pop()?.[0]
    if (typeof wrote === 'string') told.push(wrote)
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
    watch: async (tables) => {
      const asking = await askingOf({ run }, tables)
      await run(asking.whether)
      await run(asking.what)
      ask = asking
    },
    takeWritten: () => {
      if (told.length === 0) return undefined
      const answers = told
      told = []
      return ask?.read(answers)
    },
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
