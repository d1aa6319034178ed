import type { Base } from './base'
import { type HistoryOptions, liveHistory, type Told } from './history'

/**
 * The shortest history that still breaks a law: faults and people are left out, many at once first,
 * as long as something still breaks.
 */
export async function shrink(base: Base, told: Told): Promise<Told> {
  let shortest = told
  const leftOut = new Set<string>()
  const idle = new Set<string>()
  const stillBreaks = async (options: HistoryOptions): Promise<boolean> => {
    const again = await liveHistory(base, told.seed, options)
    if (again.violations.length === 0) return false
    shortest = again
    return true
  }
  const without = async (names: readonly string[], set: Set<string>): Promise<void> => {
    if (names.length === 0) return
    for (const name of names) set.add(name)
    if (await stillBreaks({ leftOut, idle })) return
    for (const name of names) set.delete(name)
    if (names.length === 1) return
    const half = Math.ceil(names.length / 2)
    await without(names.slice(0, half), set)
    await without(names.slice(half), set)
  }
  await without(told.intents, idle)
  await without([...new Set(told.happened)], leftOut)
  return shortest
}

/** A failing history as it can be read: who did what, when, and what went wrong. */
export function asText({ seed, steps, violations, happened }: Told): string {
  const start = steps[0]?.at ?? 0
  const lines = steps.map(({ actor, at, site, fault }) => {
    const seconds = ((at - start) / 1_000).toFixed(1).padStart(9)
    return `${seconds} s  ${actor.padEnd(28)} ${site}${fault === undefined ? '' : `  ⚡ ${fault}`}`
  })
  return [
    `seed ${seed}, ${steps.length} steps, ${happened.length} faults`,
    ...lines,
    ...new Set(violations),
    `again: npm run simulate -- --seeds 1 --seed ${seed}`,
  ].join('\n')
}
