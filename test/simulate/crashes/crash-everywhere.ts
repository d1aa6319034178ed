import type { Page } from '../pages'
import { type Crew, shareOut, type Worker, withWorkers } from '../processes/workers'
import { type Crashed, crashPoints, SEEDS_FOR_PAIRS } from './points'
import type { Recorded } from './record'

/** Histories in which the steps are looked for: the rarest is in one of some hundred. */
const SEEDS = 1_000

/**
 * Dies at every step alone and at every two in turn, telling all as it goes; from the so many-th on where
 * another run came so far.
 */
export function crashEverywhere(
  tell: (line: string) => void,
  { from, ...crew }: Crew & { from: number },
): Promise<{ visits: Visits[]; isWell: boolean }> {
  return withWorkers(async (workers) => {
    const all = crashPoints(await record(workers, tell))
    const points = all.slice(from - 1)
    const pairs = points.filter(({ crashes }) => crashes.length > 1).length
    tell(`${all.length} crash points; ${points.length} from ${from} on, ${pairs} of them in pairs`)
    const crashed: Crashed[] = []
    const startedAt = Date.now()
    const progress = setInterval(() => {
      const rate = crashed.length / ((Date.now() - startedAt) / 1_000)
      const seconds = Math.round((points.length - crashed.length) / rate)
      tell(`${from - 1 + crashed.length} of ${all.length} crash points, ${seconds} s to go`)
    }, 15_000)
    await shareOut(workers, points, async (worker, point) => {
      const one = await worker.ask('crash', point)
      crashed.push(one)
      for (const line of flawsOf(one)) tell(line)
    }).finally(() => clearInterval(progress))
    const visits = bySite(crashed)
    for (const { site, alone, pairs } of visits)
      tell(`${alone.padStart(5)} alone ${pairs.padStart(8)} in pairs  ${site}`)
    const broken = crashed.filter(({ violations }) => violations.length > 0).length
    const visited = crashed.filter((one) => one.visited).length
    tell(
      `${sitesOf(crashed).length} steps, ${visited} of ${crashed.length} crash points visited, ${broken} break a law`,
    )
    return { visits, isWell: broken === 0 && visited === crashed.length }
  }, crew)
}

async function record(
  workers: readonly Worker[],
  tell: (line: string) => void,
): Promise<Recorded[]> {
  const recorded: Recorded[] = []
  const firstIn = new Map<string, number>()
  const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1)
  await shareOut(workers, seeds, async (worker, seed) => {
    const one = await worker.ask('record', { seed, calmToo: seed <= SEEDS_FOR_PAIRS })
    recorded.push(one)
    for (const site of [...(one.calm ?? []), ...one.ordinary])
      if (!firstIn.has(site)) firstIn.set(site, recorded.length)
    if (recorded.length % 100 === 0)
      tell(`${recorded.length} of ${SEEDS} seeds looked through, ${firstIn.size} steps seen`)
  })
  return recorded.sort((one, other) => one.seed - other.seed)
}

function flawsOf({ crashes, visited, violations, place }: Crashed): string[] {
  const points = crashes.map(({ site, kind }) => `${kind} ${site}`).join(', then ')
  const where = place === undefined ? '' : ` (seed ${place.seed})`
  return [
    ...(visited ? [] : [`not reached: ${points}`]),
    ...[...new Set(violations)].map((violation) => `${violation}\n  after ${points}${where}`),
  ]
}

/** What is told of the steps in docs. */
export function crashPage(visits: readonly Visits[]): Page {
  return {
    file: 'docs/crash-points.md',
    title: 'The crash points',
    text: '`npm run simulate -- --crash-points --write` dies before and after each of these steps, alone, and as the first of two where both move money or both match a day, and writes this page: how many of them it visited, of how many. A step is named by the place in the use cases that takes it and what is asked there; [money safety](money-safety.md) says what is held against what follows.',
    heads: ['step', 'alone', 'in pairs'],
    rows: visits.map(({ site, alone, pairs }) => [`\`${site}\``, alone, pairs]),
  }
}

/** How many of a step's points were visited, of how many. */
type Visits = { site: string; alone: string; pairs: string }

/** Of each step how many of its points were visited, alone and as the first of two. */
function bySite(crashed: readonly Crashed[]): Visits[] {
  return sitesOf(crashed).map((site) => {
    const own = crashed.filter(({ crashes }) => crashes[0]?.site === site)
    const alone = own.filter(({ crashes }) => crashes.length === 1)
    const pairs = own.filter(({ crashes }) => crashes.length > 1)
    return { site, alone: countsOf(alone), pairs: countsOf(pairs) }
  })
}

function countsOf(crashed: readonly Crashed[]): string {
  return `${crashed.filter(({ visited }) => visited).length}/${crashed.length}`
}

function sitesOf(crashed: readonly Crashed[]): string[] {
  return [...new Set(crashed.map(({ crashes }) => crashes[0]?.site ?? ''))].sort()
}
