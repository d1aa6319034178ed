import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Page } from '../pages'
import { startWorker, type Worker } from '../processes/workers'
import { BUGS_IN_CODE } from './in-code'
import { BUGS_IN_SQL } from './in-sql'
import { type PlantedBug, planted } from './planted-bug'

/** How many seeds it took to find, and by which law. */
export type Found = { bug: PlantedBug; seeds: number | undefined; law: string }

const BUGS = [...BUGS_IN_CODE, ...BUGS_IN_SQL]
const AT_ONCE = 100

type Search = {
  /** So many seeds at most. */
  most: number
  /** The place in the list to begin with, where another run came so far. */
  from: number
  workers: number
}

/** What is told of the bugs in docs, in the order of the lists. */
export function plantedPage(found: readonly Found[]): Page {
  const inOrder = BUGS.flatMap((bug) => found.filter((one) => one.bug === bug))
  return {
    file: 'docs/planted-bugs.md',
    title: 'The planted bugs',
    text: '`npm run simulate -- --planted --write` puts each of these mistakes into a copy of the project, lives histories there from seed 1 on until a law breaks that holds without it, and writes this page. The laws are those of [money safety](money-safety.md).',
    heads: ['mistake', 'planted in', 'found by seed', 'law'],
    rows: inOrder.map(({ bug, seeds, law }) => [
      bug.name,
      `\`${basename(bug.file)}\``,
      String(seeds ?? 'none'),
      law.match(/^law (\d+)/)?.[1] ??
        law.replace(/^a bug: .*database: (\S+)$/s, 'refused by the schema: $1'),
    ]),
  }
}

/** Puts each bug into a copy of the project and lives seeds there until a law breaks that holds without it. */
export async function findAll(
  { most, from, workers }: Search,
  tell: (found: Found, place: string) => void,
): Promise<Found[]> {
  const waiting = BUGS.slice(from - 1)
  const found: Found[] = []
  const lane = async () => {
    const sound = await startWorker(process.cwd())
    try {
      for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
        const one = { bug, ...(await seedsToFind(bug, most, sound)) }
        found.push(one)
        tell(one, `${BUGS.indexOf(bug) + 1}/${BUGS.length}`)
      }
    } finally {
      sound.end()
    }
  }
  await Promise.all(Array.from({ length: workers }, lane))
  return found
}

async function seedsToFind(
  bug: PlantedBug,
  most: number,
  sound: Worker,
): Promise<Omit<Found, 'bug'>> {
  const folder = copyOfProject()
  try {
    const file = join(folder, bug.file)
    writeFileSync(file, planted(readFileSync(file, 'utf8'), bug))
    const worker = await startWorker(folder)
    try {
      let from = 1
      while (from <= most) {
        const count = Math.min(AT_ONCE, most - from + 1)
        const { failing, breaches } = await worker.ask('live', { from, count, untilFound: true })
        const [seed] = failing
        if (seed === undefined) {
          from += count
          process.stderr.write(`not in ${from - 1} seeds: ${bug.name}\n`)
          continue
        }
        // A seed that fails without the bug shows nothing of it.
        const without = await sound.ask('live', { from: seed, count: 1 })
        if (without.failing.length === 0) return { seeds: seed, law: breaches[0] ?? '' }
        process.stderr.write(`seed ${seed} breaks a law without any planted bug\n`)
        from = seed + 1
      }
      return { seeds: undefined, law: '' }
    } finally {
      worker.end()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function copyOfProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-planted-'))
  for (const part of ['src', 'test', 'package.json', 'tsconfig.json'])
    cpSync(part, join(folder, part), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  return folder
}
