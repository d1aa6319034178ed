import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWorker } from '../processes/workers'
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

/** Puts each bug into a copy of the project and lives seeds there until a law breaks. */
export async function findAll(
  { most, from, workers }: Search,
  tell: (found: Found, place: string) => void,
): Promise<Found[]> {
  const waiting = BUGS.slice(from - 1)
  const found: Found[] = []
  const lane = async () => {
    for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
      const one = { bug, ...(await seedsToFind(bug, most)) }
      found.push(one)
      tell(one, `${BUGS.indexOf(bug) + 1}/${BUGS.length}`)
    }
  }
  await Promise.all(Array.from({ length: workers }, lane))
  return found
}

async function seedsToFind(bug: PlantedBug, most: number): Promise<Omit<Found, 'bug'>> {
  const folder = copyOfProject()
  try {
    const file = join(folder, bug.file)
    writeFileSync(file, planted(readFileSync(file, 'utf8'), bug))
    const worker = await startWorker(folder)
    try {
      for (let from = 1; from <= most; from += AT_ONCE) {
        const count = Math.min(AT_ONCE, most - from + 1)
        const { failing, breaches } = await worker.ask('live', { from, count, untilFound: true })
        const [seed] = failing
        if (seed !== undefined) return { seeds: seed, law: breaches[0] ?? '' }
        process.stderr.write(`not in ${from + count - 1} seeds: ${bug.name}\n`)
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
