import type { Base } from './base'
import type { ForcedFault } from './faults'
import { liveHistory } from './history'

/** One place to die at, or two one after the other. */
export type CrashPoint = { crashes: ForcedFault[]; seeds: number[] }
export type Crashed = { crashes: ForcedFault[]; visited: boolean; violations: string[] }

const KINDS = ['crash-before', 'crash-after'] as const
/** Histories without faults at steps, in which the steps are looked for. */
const SEEDS = 60
const TRIES = 4
/** What changes something, here or at a neighbour; a crash beside a mere look is the same as none. */
const CHANGES =
  /→ (we-chat|biller)\.|→ database\.(payment-(start|await|claim-ask|close|record-paid)|outbox-(claim|postpone|finish|hand)|item-|bill-credit|refund-(request|sent|finish)|attempt)/

/** Every step that some history takes, with the seeds that take it. */
export async function findSites(base: Base): Promise<Map<string, number[]>> {
  const sites = new Map<string, number[]>()
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { steps } = await liveHistory(base, seed, { forced: [] })
    for (const site of new Set(steps.map((step) => step.site)))
      sites.set(site, [...(sites.get(site) ?? []), seed])
  }
  return sites
}

/** A crash before and after every step, and every two crashes at steps that change something. */
export function crashPoints(sites: ReadonlyMap<string, number[]>): CrashPoint[] {
  const alone = [...sites].flatMap(([site, seeds]) =>
    KINDS.map((kind) => ({ crashes: [{ site, kind }], seeds: seeds.slice(0, TRIES) })),
  )
  const changing = [...sites].filter(([site]) => CHANGES.test(site))
  const pairs = changing.flatMap(([first, firstSeeds]) =>
    changing.flatMap(([second, secondSeeds]) => {
      const both = firstSeeds.filter((seed) => secondSeeds.includes(seed))
      const seeds = [...both, ...firstSeeds].slice(0, TRIES)
      return KINDS.flatMap((one) =>
        KINDS.map((other) => ({
          crashes: [
            { site: first, kind: one },
            { site: second, kind: other },
          ],
          seeds,
        })),
      )
    }),
  )
  return [...alone, ...pairs]
}

/** Dies there, in the first of its histories that comes so far, and holds every law against what follows. */
export async function crashAt(base: Base, { crashes, seeds }: CrashPoint): Promise<Crashed> {
  for (const seed of seeds) {
    const { notReached, violations } = await liveHistory(base, seed, { forced: crashes })
    if (violations.length > 0) return { crashes, visited: true, violations }
    if (notReached === 0) return { crashes, visited: true, violations: [] }
  }
  return { crashes, visited: false, violations: [] }
}
