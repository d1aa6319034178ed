import { type Base, openBase } from './base'
import { liveHistory } from './history'
import { liveSeeds } from './seeds'
import { asText, shrink } from './shrink'

const FILE = 250
const PART = 50

/** A fixed list of seeds, in two files so that two processes share it; a failing one is told whole. */
export function livesWell(first: number): void {
  describe('histories in which anything may fail', () => {
    let base: Base
    beforeAll(async () => {
      base = await openBase()
    })
    afterAll(() => base.close())

    const parts = Array.from({ length: FILE / PART }, (_, index) => first + index * PART)
    it.each(parts)(
      'break no law: fifty seeds from %i on',
      async (from) => {
        const { failing } = await liveSeeds(base, { from, count: PART })
        const [seed] = failing
        if (seed !== undefined) {
          const shortest = await shrink(base, await liveHistory(base, seed))
          throw new Error(asText(shortest))
        }
      },
      240_000,
    )
  })
}
