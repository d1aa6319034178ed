import type { Base } from '../base'
import { liveHistory } from '../history'

/** The steps of a seed in their order, by site: with no fault at any step, where that was lived, and with its own. */
export type Recorded = {
  seed: number
  calm?: string[]
  ordinary: string[]
  /** The database was away for a while. */
  isInterrupted: boolean
}

export async function recordSeed(
  base: Base,
  { seed, calmToo }: { seed: number; calmToo: boolean },
): Promise<Recorded> {
  const calm = calmToo ? await liveHistory(base, seed, { forced: [] }) : undefined
  const ordinary = await liveHistory(base, seed)
  return {
    seed,
    ...(calm && { calm: calm.steps.map(({ site }) => site) }),
    ordinary: ordinary.steps.map(({ site }) => site),
    isInterrupted: [calm, ordinary].some((lived) => lived?.faults.has('database-away') === true),
  }
}
