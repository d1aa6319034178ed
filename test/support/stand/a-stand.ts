import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStand } from '../../../src/stand/open-stand'

const FIRST_PORT = 7400

/** The whole stand in a folder of its own. */
export async function aStand() {
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-stand-'))
  const stand = await openStand({ folder, firstPort: FIRST_PORT, tell: () => undefined })
  return {
    address: stand.address,
    /** A new city, with all its bills unpaid. */
    reset: async () => {
      await fetch(`${stand.address}/stand/reset`, { method: 'POST', body: '{}' })
    },
    stop: async () => {
      await stand.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type TestStand = Awaited<ReturnType<typeof aStand>>
