import { type PGlite, protocol } from '@electric-sql/pglite'
import type { Parameter, Statement } from './database'
import { ROW_PARSERS } from './row-parsers'

const { serialize } = protocol

/** The messages of PostgreSQL's protocol that a result is made of. */
type Described = { name: 'rowDescription'; fields: { name: string; dataTypeID: number }[] }
type DataRow = { name: 'dataRow'; fields: (string | null)[] }

/**
 * Runs statements as a server does: each is read and planned once, by its name, and from then on only
 * bound and executed. PGlite's own `query` reads and plans it anew each time.
 */
export function preparedStatements(engine: PGlite) {
  const known = new Map<string, Promise<unknown>>()

  /** One at a time: answers of two that meet would be mixed. */
  const send = (...messages: Uint8Array[]) =>
    engine.runExclusive(() => engine.execProtocol(Buffer.concat(messages)))

  function prepared({ name, text }: Statement): Promise<unknown> {
    const before = known.get(name)
    if (before !== undefined) return before
    const reading = send(serialize.parse({ name, text }), serialize.sync())
    known.set(name, reading)
    reading.catch(() => known.delete(name))
    return reading
  }

  return async <Row>(statement: Statement, parameters: readonly Parameter[]): Promise<Row[]> => {
    await prepared(statement)
    const { messages } = await send(
      serialize.bind({ statement: statement.name, values: parameters.map(asText) }),
      serialize.describe({ type: 'P' }),
      serialize.execute({}),
      serialize.sync(),
    )
    const described = messages.find(({ name }) => name === 'rowDescription') as unknown as
      | Described
      | undefined
    const rows = messages.filter(({ name }) => name === 'dataRow') as unknown as DataRow[]
    return rows.map(({ fields }) => rowOf(described?.fields ?? [], fields) as Row)
  }
}

function rowOf(columns: Described['fields'], fields: DataRow['fields']): object {
  return Object.fromEntries(
    columns.map(({ name, dataTypeID }, index) => {
      const text = fields[index] ?? null
      const parse = ROW_PARSERS[dataTypeID]
      return [name, text === null || parse === undefined ? text : parse(text)]
    }),
  )
}

/** A parameter as PostgreSQL reads it from text. */
function asText(parameter: Parameter): string | null {
  if (parameter === null) return null
  if (typeof parameter === 'boolean') return parameter ? 't' : 'f'
  if (typeof parameter === 'string' || typeof parameter === 'number') return String(parameter)
  return `{${parameter.map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
