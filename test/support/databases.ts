import type { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { type Database, statement } from '../../src/cloud/postgres/database'
import { embeddedDatabase } from '../../src/cloud/postgres/embedded-database'
import { migrate } from '../../src/cloud/postgres/migrate'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { migratedEngine, schemaDigest } from './migrated-image'

/**
 * A migrated database without rows, on the engine that the run names: a database of its own on the
 * server of TEST_DATABASE_URL (a copy of TEST_TEMPLATE, where one is named), or PostgreSQL inside the process.
 */
export async function aDatabase(): Promise<Database> {
  const server = testServerUrl()
  return server === undefined ? inProcess() : aCopy(server)
}

/** Which engine this run is on; test names carry it. */
export function engineName(): 'embedded' | 'server' {
  return testServerUrl() === undefined ? 'embedded' : 'server'
}

const EMPTY = `do $$
begin
  execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') from pg_tables
    where schemaname = 'public' and tablename <> 'migration');
end $$`
/** More than a function has; each plans every statement anew, which is what a short test waits for. */
const CONNECTIONS = 3
/** Of everybody who copies a template on the server. */
const LOCK = 7_301_128

/** The address of a test file's own database on the server, for connections of its own. */
export async function urlOf(database: Database): Promise<string> {
  const name = statement('test-database-name', 'select current_database() as name')
  const [row] = await database.run<{ name: string }>(name)
  return urlFor(testServerUrl() ?? '', row?.name ?? '')
}

/** Behind a server's address: its transactions are serializable. */
export const SERIALIZABLE = '?options=-c%20default_transaction_isolation%3Dserializable'

function testServerUrl(): string | undefined {
  return process.env.TEST_ENGINE === 'server' ? process.env.TEST_DATABASE_URL : undefined
}

/** Given back by one test of a file, for the next: an engine takes longer to start than to empty. */
let idle: PGlite | undefined

async function inProcess(): Promise<Database> {
  const engine = idle ?? (await migratedEngine())
  idle = undefined
  return lent(embeddedDatabase(engine), async () => {
    await engine.exec(EMPTY)
    if (idle === undefined) idle = engine
    else await engine.close()
  })
}

/** Until it is given back: what a test left running meets no other test's rows. */
function lent(database: Database, giveBack: () => Promise<void>): Database {
  let isClosed = false
  const whileOpen = <Work extends (...given: never[]) => Promise<unknown>>(work: Work) =>
    ((...given) => (isClosed ? Promise.reject(new Error('closed')) : work(...given))) as Work
  return {
    ...database,
    run: whileOpen(database.run),
    session: whileOpen(database.session),
    close: async () => {
      isClosed = true
      await giveBack()
    },
  }
}

async function aCopy(url: string): Promise<Database> {
  const name = `test_${process.pid}_${Date.now()}_${Math.floor(Math.random() * 1e9)}`
  await asAdmin(url, (run) => copyTemplate(run, url, name))
  const database = openServerDatabase({ url: urlFor(url, name), connections: CONNECTIONS })
  // Who named a template may want to see what became of its copies.
  if (process.env.TEST_KEEP_DATABASES !== undefined) return database
  return {
    ...database,
    close: async () => {
      await database.close()
      await asAdmin(url, (run) => run(`drop database ${name} with (force)`))
    },
  }
}

type Run = (text: string) => Promise<object[]>

/** One at a time: nobody is connected to a database while it is copied. */
async function copyTemplate(run: Run, url: string, name: string): Promise<void> {
  const named = process.env.TEST_TEMPLATE
  if (named !== undefined) {
    await run(`create database ${name} template ${named}`)
    return
  }
  const template = `schema_${schemaDigest()}`
  await run(`select pg_advisory_lock(${LOCK})::text`)
  const [made] = await run(`select from pg_database where datname = '${template}'`)
  if (made === undefined) {
    const making = `${template}_making`
    await run(`drop database if exists ${making}`)
    await run(`create database ${making}`)
    const database = openServerDatabase({ url: urlFor(url, making), connections: 1 })
    await migrate(database)
    await database.close()
    await run(`alter database ${making} rename to ${template}`)
  }
  await run(`create database ${name} template ${template}`)
}

/** What was locked is free again when the connection ends. */
async function asAdmin(url: string, work: (run: Run) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(async (text) => (await client.query(text)).rows)
  } finally {
    await client.end()
  }
}

function urlFor(url: string, name: string): string {
  const own = new URL(url)
  own.pathname = `/${name}`
  return own.toString()
}
