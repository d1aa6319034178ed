import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, type Session, statement } from './database'

/** A migration that was applied before is not the same file any more, or is gone. */
export class MigrationChanged extends Error {
  constructor(file: string) {
    super(`migration ${file} was changed after it was applied; write a new one instead`)
    this.name = 'MigrationChanged'
  }
}

const LOCK = 7_301_127
const FOLDER = join(__dirname, 'migrations')

const APPLIED = statement(
  'migrations-applied',
  'select file, checksum from migration order by file',
)
const RECORD = statement(
  'migration-record',
  'insert into migration (file, checksum) values ($1, $2)',
)
const TAKE_LOCK = statement('migration-lock', `select pg_advisory_lock(${LOCK})::text`)
const FREE_LOCK = statement('migration-unlock', `select pg_advisory_unlock(${LOCK})::text`)

/**
 * Brings the schema up to date: each file of migrations/ once, in order, in a transaction of its
 * own, under an advisory lock. Gives the files it applied; throws MigrationChanged.
 */
export function migrate(database: Database, folder = FOLDER): Promise<string[]> {
  return database.session(async (session) => {
    await session.run(TAKE_LOCK)
    try {
      await session.script(
        'create table if not exists migration (file text primary key, checksum text not null)',
      )
      return await applyMissing(session, folder)
    } finally {
      await session.run(FREE_LOCK)
    }
  })
}

async function applyMissing(session: Session, folder: string): Promise<string[]> {
  const applied = new Map(
    (await session.run<{ file: string; checksum: string }>(APPLIED)).map((row) => [
      row.file,
      row.checksum,
    ]),
  )
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
  for (const file of applied.keys()) if (!files.includes(file)) throw new MigrationChanged(file)
  const done: string[] = []
  for (const file of files) {
    const sql = readFileSync(join(folder, file), 'utf8')
    const checksum = createHash('sha256').update(sql).digest('hex')
    if (applied.has(file)) {
      if (applied.get(file) !== checksum) throw new MigrationChanged(file)
      continue
    }
    await apply(session, file, sql, checksum)
    done.push(file)
  }
  return done
}

async function apply(session: Session, file: string, sql: string, checksum: string): Promise<void> {
  await session.script('begin')
  try {
    await session.script(sql)
    await session.run(RECORD, [file, checksum])
    await session.script('commit')
  } catch (error) {
    await session.script('rollback')
    throw new Error(`migration ${file}`, { cause: error })
  }
}
