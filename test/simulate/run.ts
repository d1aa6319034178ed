import { parseArgs } from 'node:util'
import { findAll } from './planted/find-all'
import { liveInProcesses } from './processes'
import type { Summary } from './seeds'

/**
 * `npm run simulate -- --seeds N [--seed FIRST]`: so many histories, every law held after every step.
 * `--planted`: each planted bug in a copy of the project, until a seed finds it.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    planted: { type: 'boolean', default: false },
  },
})

async function main(): Promise<boolean> {
  return values.planted
    ? plantedBugs(Number(values.seeds ?? 10_000))
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
