/**
 * The one way to the database, whichever engine stands behind it. Rows come back alike on both:
 * int8 as a safe number, timestamptz as epoch milliseconds, date as 'YYYY-MM-DD', json parsed.
 */
export type Parameter = string | number | boolean | null | readonly string[]

/** A statement with a name of its own: a server prepares it once per connection. */
export type Statement = { readonly name: string; readonly text: string }

export interface Database {
  readonly engine: 'embedded' | 'server'
  /** Runs one statement on its own; repeats it after a deadlock, a conflict or a lost connection. */
  run<Row>(statement: Statement, parameters?: readonly Parameter[]): Promise<Row[]>
  /** Runs `work` on one connection: for migrations, which lock and run scripts, and for loading files. */
  session<Result>(work: (session: Session) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export interface Session {
  script(sql: string): Promise<void>
  /** Copies many rows into a table at once, each a line of PostgreSQL's text form; all of them or none. */
  load(into: Statement, lines: Uint8Array<ArrayBuffer>): Promise<void>
  run<Row>(statement: Statement, parameters?: readonly Parameter[]): Promise<Row[]>
}

/** The database did not answer or answered with an error that repeating did not mend. */
export class DatabaseFault extends Error {
  constructor(statement: string, cause: unknown) {
    super(`database: ${statement}`, { cause })
    this.name = 'DatabaseFault'
  }
}

/** Declares a statement. The name must be unique: it is the prepared statement's name. */
export function statement(name: string, text: string): Statement {
  return { name, text }
}

/** Rows of `columns` that come as lines, from where the engine takes them: see `Session.load`. */
export function loading(name: string, table: string, columns: string): Statement {
  return { name, text: `copy ${table} (${columns}) from` }
}

const TO_ESCAPE = /[\\\t\n\r]/
const EACH_TO_ESCAPE = new RegExp(TO_ESCAPE, 'g')
const ESCAPED: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A value as it stands in a line of `Session.load`. */
export function loaded(text: string): string {
  return TO_ESCAPE.test(text) ? text.replace(EACH_TO_ESCAPE, (one) => ESCAPED[one] ?? one) : text
}

/** The single row of a statement that always gives one. */
export function onlyRow<Row>(rows: readonly Row[]): Row {
  const row = rows[0]
  if (row === undefined || rows.length !== 1) {
    throw new Error(`exactly one row was promised, there are ${rows.length}`)
  }
  return row
}

/** An instant as the text that both engines read as timestamptz. */
export function timestamp(instant: number): string {
  return new Date(instant).toISOString()
}
