import { composePorts } from '../../src/cloud/compose-ports'
import { readConfig } from '../../src/cloud/config'
import { openEmbeddedDatabase } from '../../src/cloud/postgres/embedded-database'
import { migrate } from '../../src/cloud/postgres/migrate'
import { handClock } from '../../src/simulators/clock'
import { seededChance } from '../../src/simulators/seeded-chance'
import { makeKeys } from '../../src/stand/make-keys'
import { startNeighbours } from '../../src/stand/neighbours'

/** One database and one set of real ports for many histories; every way out of them is a step's. */
export async function openBase() {
  const database = await openEmbeddedDatabase()
  await migrate(database)
  const neighbours = await startNeighbours(makeKeys(), {
    clock: handClock(0),
    chance: seededChance(1),
    notifyUrl: 'https://simulate.invalid/notices',
  })
  const config = readConfig(neighbours.environment)
  await neighbours.close()
  const ports = composePorts(config, { database, log: () => undefined })
  return { database, ports, close: () => database.close() }
}

export type Base = Awaited<ReturnType<typeof openBase>>
