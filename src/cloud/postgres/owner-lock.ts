import { closeSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Another process owns the embedded database's folder. */
export class AlreadyOwned extends Error {
  constructor(
    readonly folder: string,
    readonly owner: number,
  ) {
    super(`${folder} is in use by process ${owner}; stop it first, two owners would corrupt it`)
    this.name = 'AlreadyOwned'
  }
}

/**
 * Takes the folder for this process alone (PGlite itself does not lock, and two owners corrupt it)
 * and gives back the release. A lock left by a process that is gone is taken over.
 */
export function takeFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'owner.lock')
  createLock(file, folder)
  return () => unlinkSync(file)
}

function createLock(file: string, folder: string): void {
  try {
    const handle = openSync(file, 'wx')
    writeSync(handle, String(process.pid))
    closeSync(handle)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const owner = Number(readFileSync(file, 'utf8'))
    if (owner > 0 && owner !== process.pid && isAlive(owner)) throw new AlreadyOwned(folder, owner)
    if (owner === process.pid) throw new AlreadyOwned(folder, owner)
    unlinkSync(file)
    createLock(file, folder)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
