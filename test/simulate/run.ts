import { parseArgs } from 'node:util'
import { openBase } from './base'
import { crashPoints, findSites } from './crash-points'
import { findAll } from './planted/find-all'
import { crashInProcesses, liveInProcesses } from './processes'
import type { Summary } from './seeds'

/**
 * `npm run simulate -- --seeds N [--seed FIRST]`: so many histories, every law held after every step.
 * `--crash-points`: a crash before and after every step, alone and in pairs.
 * `--planted`: each planted bug in a copy of the project, until a seed finds it.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'crash-points': { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
  },
})

async function main(): Promise<boolean> {
  if (values.planted) return plantedBugs(Number(values.seeds ?? 10_000))
  return values['crash-points']
    ? everyCrash()
    : histories(Number(values.seed), Number(values.seeds ?? 1_000))
}

async function histories(from: number, count: number): Promise<boolean> {
  const startedAt = Date.now()
  const summary = await liveInProcesses(from, count)
  const seconds = (Date.now() - startedAt) / 1_000
  process.stdout.write(
    `${JSON.stringify({ ...figures(summary), seedsPerSecond: Number((count / seconds).toFixed(1)) })}\n`,
  )
  if (summary.failing.length > 0)
    process.stderr.write(`seeds that break a law: ${summary.failing.slice(0, 20).join(', ')}\n`)
  return summary.failing.length === 0
}

function figures({ seeds, failing, stepCounts, faults, sites }: Summary) {
  const sorted = [...stepCounts].sort((one, other) => one - other)
  return {
    seeds,
    violations: failing.length,
    steps: stepCounts.reduce((sum, count) => sum + count, 0),
    medianSteps: sorted[Math.floor(sorted.length / 2)] ?? 0,
    sites: Object.keys(sites).length,
    faults: Object.fromEntries(Object.entries(faults).sort()),
  }
}

async function everyCrash(): Promise<boolean> {
  const base = await openBase()
  const sites = await findSites(base)
  await base.close()
  const crashed = await crashInProcesses(crashPoints(sites))
  for (const site of [...sites.keys()].sort()) {
    const own = crashed.filter(({ crashes }) => crashes[0]?.site === site)
    const visits = (some: typeof own) =>
      `${some.filter(({ visited }) => visited).length}/${some.length}`
    const alone = own.filter(({ crashes }) => crashes.length === 1)
    const pairs = own.filter(({ crashes }) => crashes.length > 1)
    process.stdout.write(
      `${visits(alone).padStart(5)} alone ${visits(pairs).padStart(8)} in pairs  ${site}\n`,
    )
  }
  for (const { crashes, visited, violations } of crashed) {
    const points = crashes.map(({ site, kind }) => `${kind} ${site}`).join(', then ')
    if (!visited) process.stdout.write(`not reached: ${points}\n`)
    for (const violation of new Set(violations))
      process.stdout.write(`${violation}\n  after ${points}\n`)
  }
  const broken = crashed.filter(({ violations }) => violations.length > 0).length
  const reached = crashed.filter(({ visited }) => visited).length
  process.stdout.write(
    `${sites.size} steps, ${reached} of ${crashed.length} crash points visited, ${broken} break a law\n`,
  )
  return broken === 0 && reached === crashed.length
}

async function plantedBugs(most: number): Promise<boolean> {
  const found = await findAll(most, ({ bug, seeds }) => {
    process.stdout.write(`${(seeds ?? 'not found').toString().padStart(9)}  ${bug.name}\n`)
  })
  const missed = found.filter(({ seeds }) => seeds === undefined)
  process.stdout.write(`${found.length - missed.length} of ${found.length} planted bugs found\n`)
  return missed.length === 0
}

main().then(
  (isWell) => process.exit(isWell ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(2)
  },
)
