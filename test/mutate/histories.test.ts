import { openBase } from '../simulate/base'
import { liveHistory } from '../simulate/history'

/** They reach nine in ten of the use cases' branches. */
const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1)

/** One for the process: to open it takes longer than a history. */
let base: ReturnType<typeof openBase> | undefined

describe('a history in which anything may fail', () => {
  it.each(SEEDS)('breaks no law: seed %i', async (seed) => {
    base ??= openBase()
    expect((await liveHistory(await base, seed)).violations).toEqual([])
  })
})
