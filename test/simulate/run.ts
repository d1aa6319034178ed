import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { crashEverywhere, crashPage } from './crashes/crash-everywhere'
import { EVERYWHERE, STEP_FAULTS, WORLD_FAULTS } from './faults'
import { type Lived, liveAll } from './lives'
import { writePage } from './pages'
import { findAll, plantedPage } from './planted/find-all'

/**
 * `npm run simulate -- --seeds N [--seed FIRST]`: so many histories, every law held after every step.
 * `--crash-points`: a crash before and after every step, alone and in pairs.
 * `--planted [--seeds MOST]`: each planted bug in a copy of the project, until a seed finds it.
 * `--from N` goes on with the N-th point or bug; `--write` writes what all of them printed into docs;
 * `--workers N` leaves the machine's other cores alone.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'crash-points': { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
    from: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    workers: { type: 'string', default: String(cpus().length) },
  },
})

const from = Number(values.from)
const workers = Number(values.workers)

function main(): Promise<boolean> {
  if (values['crash-points']) return crashPoints()
  return values.planted
    ? plantedBugs(Number(values.seeds ?? 10_000))
    : histories(Number(values.seed), Number(values.seeds ?? 1_000))
}

async function crashPoints(): Promise<boolean> {
  const { visits, isWell } = await crashEverywhere(print, { from, workers })
  if (values.write && from === 1) writePage(crashPage(visits))
  return isWell
}

async function histories(first: number, count: number): Promise<boolean> {
  const startedAt = Date.now()
  const lived = await liveAll(first, count, { workers })
  const seconds = (Date.now() - startedAt) / 1_000
  for (const { file, reached, of, missed, unreachable } of lived.files) {
    print(`${`${reached}/${of}`.padStart(7)}  ${file}`)
    for (const name of missed) print(`           not reached: ${name}`)
    for (const name of unreachable) print(`           unreachable: ${name}`)
  }
  const told = figures(lived)
  print(JSON.stringify({ ...told, seedsPerSecond: Number((count / seconds).toFixed(1)) }))
  for (const history of lived.shortest) process.stderr.write(`${history}\n`)
  const poor = count < ENOUGH_SEEDS ? [] : whatIsPoor(told)
  for (const lack of poor) print(lack)
  return told.violations === 0 && poor.length === 0
}

/** Of so many seeds it can be said whether their histories are rich. */
const ENOUGH_SEEDS = 10_000
const LEAST = { medianSteps: 60, ofEachFault: 100, share: 0.95 }

/** What so many histories lack, so that they would show less than they seem to. */
function whatIsPoor({ medianSteps, faults, branches }: ReturnType<typeof figures>): string[] {
  const kinds: readonly string[] = [
    ...Object.values(STEP_FAULTS).flat(),
    ...EVERYWHERE,
    ...WORLD_FAULTS,
  ]
  const counts = new Map(Object.entries(faults))
  return [
    ...(medianSteps < LEAST.medianSteps ? [`the median history has ${medianSteps} steps`] : []),
    ...(branches.share < LEAST.share ? [`${branches.share} of the branches are reached`] : []),
    ...[...new Set(kinds)]
      .filter((kind) => (counts.get(kind) ?? 0) < LEAST.ofEachFault)
      .map((kind) => `${kind} happened ${counts.get(kind) ?? 0} times`),
  ]
}

function figures({ summary, files }: Lived) {
  const { seeds, failing, stepCounts, faults, sites } = summary
  const sorted = [...stepCounts].sort((one, other) => one - other)
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
  const reached = total(files.map((file) => file.reached))
  const of = total(files.map((file) => file.of))
  const unreachable = total(files.map((file) => file.unreachable.length))
  return {
    seeds,
    violations: failing.length,
    steps: total(stepCounts),
    medianSteps: sorted[Math.floor(sorted.length / 2)] ?? 0,
    sites: Object.keys(sites).length,
    faults: Object.fromEntries(Object.entries(faults).sort()),
    branches: { reached, of, unreachable, share: Number((reached / of).toFixed(3)) },
  }
}

async function plantedBugs(most: number): Promise<boolean> {
  const found = await findAll({ most, from, workers }, ({ bug, seeds, law }, place) =>
    print(
      `${place.padStart(5)} ${(seeds ?? 'not found').toString().padStart(9)}  ${bug.name}  ${law}`,
    ),
  )
  if (values.write && from === 1) writePage(plantedPage(found))
  const missed = found.filter(({ seeds }) => seeds === undefined)
  print(`${found.length - missed.length} of ${found.length} planted bugs found`)
  return missed.length === 0
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

// The process ends by itself once all that was printed has gone its way.
main().then(
  (isWell) => {
    process.exitCode = isWell ? 0 : 1
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 2
  },
)
