import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { dependencies } from '../../package.json'
import { ENGINE, embeddedDatabase } from '../../src/cloud/postgres/embedded-database'
import { migrate } from '../../src/cloud/postgres/migrate'

const ROOT = join(__dirname, '../..')
const MIGRATIONS = join(ROOT, 'src/cloud/postgres/migrations')
const KEPT = join(ROOT, 'node_modules/.cache/wanjia')

/** Tells one state of the schema, and of the engine that it is for, from every other. */
export function schemaDigest(): string {
  const digest = createHash('sha256').update(dependencies['@electric-sql/pglite'])
  for (const file of readdirSync(MIGRATIONS).sort())
    digest.update(file).update(readFileSync(join(MIGRATIONS, file)))
  return digest.digest('hex').slice(0, 16)
}

/**
 * An engine in memory with the schema in it. Making a database costs seconds: the first that is made is
 * kept on the disk, under what it was made of, and every other starts as its copy.
 */
export async function migratedEngine(): Promise<PGlite> {
  const kept = join(KEPT, `schema-${schemaDigest()}.tar`)
  if (!existsSync(kept)) await keepImage(kept)
  return PGlite.create({ ...ENGINE, loadDataDir: new Blob([readFileSync(kept)]) })
}

/** Several may make it at once: it appears whole, or not. */
async function keepImage(kept: string): Promise<void> {
  const engine = await PGlite.create(ENGINE)
  await migrate(embeddedDatabase(engine))
  const image = await engine.dumpDataDir('none')
  await engine.close()
  mkdirSync(KEPT, { recursive: true })
  const making = `${kept}.${process.pid}`
  writeFileSync(making, Buffer.from(await image.arrayBuffer()))
  renameSync(making, kept)
}
