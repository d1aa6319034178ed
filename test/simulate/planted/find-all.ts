import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { inProcess } from '../processes'
import { BUGS_IN_CODE } from './in-code'
import { BUGS_IN_SQL } from './in-sql'
import { type PlantedBug, planted } from './planted-bug'

export type Found = { bug: PlantedBug; seeds: number | undefined }

const BUGS = [...BUGS_IN_CODE, ...BUGS_IN_SQL]

/** Puts each bug into a copy of the project and lives seeds there until a law breaks. */
export async function findAll(most: number, tell: (found: Found) => void): Promise<Found[]> {
  const waiting = [...BUGS]
  const found: Found[] = []
  const lane = async () => {
    for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
      const one = { bug, seeds: await seedsToFind(bug, most) }
      found.push(one)
      tell(one)
    }
  }
  await Promise.all(cpus().map(lane))
  return found
}

async function seedsToFind(bug: PlantedBug, most: number): Promise<number | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-planted-'))
  try {
    for (const part of ['src', 'test', 'package.json', 'tsconfig.json'])
      cpSync(part, join(folder, part), { recursive: true })
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
    const file = join(folder, bug.file)
    writeFileSync(file, planted(readFileSync(file, 'utf8'), bug))
    const summary = await inProcess(folder, { from: 1, count: most, untilFound: true })
    return summary.failing.length === 0 ? undefined : summary.seeds
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
