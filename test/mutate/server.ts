import { type Database, statement } from '../../src/cloud/postgres/database'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'

/** The migrated database without a mistake. */
export const BASE = 'mutate_base'

/** A server for mutants: databases are made as copies of one another and taken away again. */
export function openServer(url: string) {
  const admin = openServerDatabase({ url, connections: 4 })
  const command = (text: string) => admin.session((session) => session.script(text))
  const urlOf = (name: string) => {
    const own = new URL(url)
    own.pathname = `/${name}`
    return own.toString()
  }
  return {
    url,
    create: (name: string, template?: string) =>
      command(`create database ${name}${template === undefined ? '' : ` template ${template}`}`),
    drop: (name: string) => command(`drop database if exists ${name} with (force)`),
    /** Works in one of the databases and leaves no connection behind, so that it can be copied. */
    within: async <Result>(
      name: string,
      work: (database: Database) => Promise<Result>,
    ): Promise<Result> => {
      const database = openServerDatabase({ url: urlOf(name), connections: 1 })
      try {
        return await work(database)
      } finally {
        await database.close()
      }
    },
    /** The databases whose names begin so. */
    named: async (start: string) => {
      const rows = await admin.run<{ name: string }>(
        statement(
          'mutate-databases',
          'select datname as name from pg_database where starts_with(datname, $1)',
        ),
        [start],
      )
      return rows.map(({ name }) => name)
    },
    close: () => admin.close(),
  }
}

export type Server = ReturnType<typeof openServer>
