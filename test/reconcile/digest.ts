import { createHash } from 'node:crypto'
import { type Database, statement } from '../../src/cloud/postgres/database'
import type { BooksContents } from '../../src/simulators/biller/books'

const TABLES = statement(
  'digest-tables',
  `select table_schema || '.' || table_name as name from information_schema.tables
   where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE' order by 1`,
)

/**
 * Every row of every table, and all that the neighbours' own books have, as one number. Nothing is left out: a run that
 * finds nothing to do writes no moment either.
 */
export async function digestOf(
  database: Database,
  books: { orders: () => readonly object[]; atBillers: () => readonly BooksContents[] },
): Promise<string> {
  const hash = createHash('sha256')
  for (const { name } of await database.run<{ name: string }>(TABLES)) {
    const rows = statement(
      `digest-${name}`,
      `select md5(string_agg(row, '' order by row)) as digest from (select md5(t::text) as row from ${name} t) as rows`,
    )
    const [row] = await database.run<{ digest: string | null }>(rows)
    hash.update(`${name} ${row?.digest};`)
  }
  const ofBillers = books.atBillers().flatMap((own) => Object.values(own).flat())
  for (const one of [...books.orders(), ...ofBillers]) hash.update(JSON.stringify(one))
  return hash.digest('hex')
}
