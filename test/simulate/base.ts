import { createHash } from 'node:crypto'
import { composePorts } from '../../src/cloud/compose-ports'
import { readConfig } from '../../src/cloud/config'
import { migrate } from '../../src/cloud/postgres/migrate'
import { publicKeyOf } from '../../src/core/receipt/seal-receipt'
import { handClock } from '../../src/simulators/clock'
import { seededChance } from '../../src/simulators/seeded-chance'
import { makeKeys } from '../../src/stand/make-keys'
import { startNeighbours } from '../../src/stand/neighbours'
import { openPreparedDatabase } from './prepared-database'
import { checkKeys, WATCHED } from './snapshot'

/** One database and one set of real ports for many histories; every way out of them is a step's. */
export async function openBase() {
  const database = await openPreparedDatabase()
  await migrate(database)
  await checkKeys(database)
  await database.watch(WATCHED)
  const neighbours = await startNeighbours(
    { ...makeKeys(), ...sameKeys() },
    {
      clock: handClock(0),
      chance: seededChance(1),
      notifyUrl: 'https://simulate.invalid/notices',
    },
  )
  const config = readConfig(neighbours.environment)
  await neighbours.close()
  const ports = composePorts(config, { database, log: () => undefined })
  return {
    database,
    ports,
    /** Verifies the receipts of every history. */
    receiptKey: publicKeyOf(secretOf('receipts')),
    close: () => database.close(),
  }
}

function secretOf(what: string): Buffer {
  return createHash('sha256').update(`simulate ${what}`).digest()
}

/** Ids are derived under these keys: a seed is lived the same way in every process. */
function sameKeys() {
  return {
    lookUp: secretOf('look-up').toString('base64'),
    personalData: secretOf('personal data').toString('base64'),
    receiptSecret: secretOf('receipts').toString('base64'),
    receiptPublic: Buffer.from(publicKeyOf(secretOf('receipts'))).toString('base64'),
  }
}

export type Base = Awaited<ReturnType<typeof openBase>>
