import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, realClock } from '../../../src/simulators/clock'
import { openStand } from '../../../src/stand/open-stand'

const FIRST_PORT = 7400

/** Real time that can be moved forward: an expiry need not be waited for. */
export function movableClock(): Clock & { forward: (milliseconds: number) => void } {
  const real = realClock()
  let ahead = 0
  return {
    now: () => real.now() + ahead,
    after: real.after,
    forward: (milliseconds) => {
      ahead += milliseconds
    },
  }
}

/** The whole stand in a folder of its own, and what a test does to it from behind. */
export async function aStand() {
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-stand-'))
  const clock = movableClock()
  const stand = await openStand({
    folder,
    firstPort: FIRST_PORT,
    clock,
    tell: () => undefined,
  })
  return {
    address: stand.address,
    clock,
    weChatPay: () => stand.world().neighbours.weChatPay,
    biller: (id: string) => {
      const found = stand.world().neighbours.billers.get(id)
      if (found === undefined) throw new Error(`${id} has no system of its own`)
      return found
    },
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
