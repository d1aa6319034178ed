import { type Database, statement } from '../../src/cloud/postgres/database'
import { openEmbeddedDatabase } from '../../src/cloud/postgres/embedded-database'
import { migrate } from '../../src/cloud/postgres/migrate'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'

/**
 * A fresh migrated database for one test file, on the engine that the run names: a database of its
 * own on the server of TEST_DATABASE_URL (a copy of TEST_TEMPLATE, where one is named), or PostgreSQL
 * inside the process.
 */
export async function aDatabase(): Promise<Database> {
  const server = testServerUrl()
  const database = server === undefined ? await openEmbeddedDatabase() : await onServer(server)
  await migrate(database)
  return database
}

/** Which engine this run is on; test names carry it. */
export function engineName(): 'embedded' | 'server' {
  return testServerUrl() === undefined ? 'embedded' : 'server'
}

/** The address of a test file's own database on the server, for connections of its own. */
export async function urlOf(database: Database): Promise<string> {
  const name = statement('test-database-name', 'select current_database() as name')
  const [row] = await database.run<{ name: string }>(name)
  const url = new URL(testServerUrl() ?? '')
  url.pathname = `/${row?.name}`
  return url.toString()
}

function testServerUrl(): string | undefined {
  return process.env.TEST_ENGINE === 'server' ? process.env.TEST_DATABASE_URL : undefined
}

async function onServer(url: string): Promise<Database> {
  const name = `test_${process.pid}_${Date.now()}_${Math.floor(Math.random() * 1e9)}`
  const admin = openServerDatabase({ url, connections: 1 })
  const template = process.env.TEST_TEMPLATE ?? 'template1'
  await admin.run(statement(`create-${name}`, `create database ${name} template ${template}`))
  await admin.close()
  const own = new URL(url)
  own.pathname = `/${name}`
  const database = openServerDatabase({ url: own.toString(), connections: 8 })
  // Who named a template may want to see what became of its copies.
  if (process.env.TEST_KEEP_DATABASES !== undefined) return database
  return { ...database, close: () => dropAfter(database, url, name) }
}

async function dropAfter(database: Database, url: string, name: string): Promise<void> {
  await database.close()
  const admin = openServerDatabase({ url, connections: 1 })
  await admin.run(statement(`drop-${name}`, `drop database ${name} with (force)`))
  await admin.close()
}
