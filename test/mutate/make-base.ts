import { writeFileSync } from 'node:fs'
import { migrate } from '../../src/cloud/postgres/migrate'
import { makeKeys } from '../../src/stand/make-keys'
import { BASE, openServer } from './server'

/** Makes the migrated database that every other of a run is a copy of, and the keys of its towns. */
async function main(): Promise<void> {
  const server = openServer(process.env.MUTATE_DATABASE_URL ?? '')
  await server.create(BASE)
  await server.within(BASE, migrate)
  await server.close()
  writeFileSync(process.env.TEST_KEYS ?? '', JSON.stringify(makeKeys()))
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  },
)
