import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Another owner has the embedded database's folder. */
export class AlreadyOwned extends Error {
  constructor(
    readonly folder: string,
    readonly owner: number,
    /** Where the owner can be reached, as it said itself when it took the folder. */
    readonly address: string,
  ) {
    super(`${folder} is in use by process ${owner}; stop it first, two owners would corrupt it`)
    this.name = 'AlreadyOwned'
  }
}

type Owner = { pid: number; address: string }

const NOBODY: Owner = { pid: 0, address: '' }
/** A lock by its number; the one with the highest number is in force. */
const LOCK = /^owner-(\d+)\.lock$/
/** Folders that this very process owns: a dead owner may have had the same process id. */
const owned = new Set<string>()

/**
 * Takes the folder for this process alone (PGlite itself does not lock, and two owners corrupt it)
 * and gives back the release. A lock left by a process that is gone is taken over. Throws
 * AlreadyOwned.
 *
 * Every owner puts its lock under the next number, whole and at once, by a link that fails where
 * another was faster. The lock in force is never removed, only marked as given up, so a number is
 * never used twice and a slow starter cannot mistake a new lock for the dead one it saw before.
 */
export function takeFolder(folder: string, address = ''): () => void {
  mkdirSync(folder, { recursive: true })
  const place = resolve(folder)
  const number = claim(place, { pid: process.pid, address })
  owned.add(place)
  return () => {
    owned.delete(place)
    writeFileSync(lockFile(place, number), JSON.stringify(NOBODY))
  }
}

function claim(folder: string, mine: Owner): number {
  for (;;) {
    const newest = numbersIn(folder).at(-1) ?? 0
    refuseWhereOwned(folder, newest)
    const number = newest + 1
    if (!isLinked(folder, number, mine)) continue
    const numbers = numbersIn(folder)
    if (numbers.at(-1) === number) {
      for (const older of numbers.slice(0, -1)) rmSync(lockFile(folder, older), { force: true })
      return number
    }
    // Others came and went since the folder was read: this lock was never in force.
    rmSync(lockFile(folder, number), { force: true })
  }
}

function refuseWhereOwned(folder: string, number: number): void {
  const { pid, address } = number === 0 ? NOBODY : ownerIn(lockFile(folder, number))
  const isOurs = pid === process.pid
  if (isOurs ? owned.has(folder) : isAlive(pid)) throw new AlreadyOwned(folder, pid, address)
}

/** Writes the lock beside its place first, so that nobody ever reads half of one. */
function isLinked(folder: string, number: number, owner: Owner): boolean {
  const draft = join(folder, `draft-${process.pid}-${randomBytes(6).toString('hex')}.lock`)
  writeFileSync(draft, JSON.stringify(owner))
  try {
    linkSync(draft, lockFile(folder, number))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

function lockFile(folder: string, number: number): string {
  return join(folder, `owner-${number}.lock`)
}

function numbersIn(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => LOCK.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((one, other) => one - other)
}

/** A lock that was just removed was not in force any more. */
function ownerIn(file: string): Owner {
  try {
    return { ...NOBODY, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<Owner>) }
  } catch {
    return NOBODY
  }
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
