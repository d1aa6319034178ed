import type { Base } from '../base'
import { liveHistory } from '../history'

/** The steps of a seed in their order, by site: with no fault at any step, and with its own. */
export type Recorded = { seed: number; calm: string[]; ordinary: string[] }

export async function recordSeed(base: Base, seed: number): Promise<Recorded> {
  const sites = async (options: object) =>
    (await liveHistory(base, seed, options)).steps.map(({ site }) => site)
  return { seed, calm: await sites({ forced: [] }), ordinary: await sites({}) }
}
