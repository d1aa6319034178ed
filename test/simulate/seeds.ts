import type { Base } from './base'
import { liveHistory, type Told } from './history'

export type Summary = {
  seeds: number
  failing: number[]
  /** The first breach of each history that fails. */
  breaches: string[]
  stepCounts: number[]
  faults: Record<string, number>
  sites: Record<string, number>
}

export const nothingLived = (): Summary => ({
  seeds: 0,
  failing: [],
  breaches: [],
  stepCounts: [],
  faults: {},
  sites: {},
})

/** Lives the histories of these seeds; `untilFound` ends with the first that breaks a law. */
export async function liveSeeds(
  base: Base,
  { from, count, untilFound = false }: { from: number; count: number; untilFound?: boolean },
): Promise<Summary> {
  const summary = nothingLived()
  for (let seed = from; seed < from + count; seed += 1) {
    const told = await liveHistory(base, seed)
    addHistory(summary, told)
    if (untilFound && told.violations.length > 0) break
  }
  return summary
}

function addHistory(summary: Summary, told: Told): void {
  summary.seeds += 1
  summary.stepCounts.push(told.steps.length)
  const [breach] = told.violations
  if (breach !== undefined) {
    summary.failing.push(told.seed)
    summary.breaches.push(breach)
  }
  for (const [kind, count] of told.faults) addTo(summary.faults, kind, count)
  for (const { site } of told.steps) addTo(summary.sites, site, 1)
}

/** What several processes lived, as if one had. */
export function together(parts: readonly Summary[]): Summary {
  const all = nothingLived()
  for (const part of parts) {
    all.seeds += part.seeds
    all.failing.push(...part.failing)
    all.breaches.push(...part.breaches)
    all.stepCounts.push(...part.stepCounts)
    for (const [kind, count] of Object.entries(part.faults)) addTo(all.faults, kind, count)
    for (const [site, count] of Object.entries(part.sites)) addTo(all.sites, site, count)
  }
  return all
}

function addTo(counts: Record<string, number>, name: string, count: number): void {
  counts[name] = (counts[name] ?? 0) + count
}
