import { createHash } from 'node:crypto'
import { type Database, statement } from '../../src/cloud/postgres/database'

const TABLES = statement(
  'digest-tables',
  `select table_name as name from information_schema.tables
   where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
)

/** Every row of every table, and the neighbours' own books, as one number. */
export async function digestOf(
  database: Database,
  books: { orders: () => readonly object[]; credits: () => readonly object[] },
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
  for (const one of [...books.orders(), ...books.credits()]) hash.update(JSON.stringify(one))
  return hash.digest('hex')
}
