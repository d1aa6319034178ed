import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEGABYTE = Buffer.alloc(1024 * 1024)
const PAGE = MEGABYTE.subarray(0, 4096)

/** A disk in memory, that can be filled to its last page. */
export type SmallDisk = {
  folder: string
  /** Takes all the room that there is now. */
  fill: () => void
  /** Gives it back. */
  empty: () => void
  remove: () => void
}

/** Undefined where this machine lets nobody mount one: it takes root, and Linux. */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-small-disk-'))
  try {
    const options = `size=${megabytes}m,mode=0777`
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill: () => {
      appendUntilFull(ballast, MEGABYTE)
      appendUntilFull(ballast, PAGE)
    },
    empty: () => rmSync(ballast, { force: true }),
    remove: () => {
      execFileSync('umount', [folder])
      rmSync(folder, { recursive: true })
    },
  }
}

function appendUntilFull(file: string, piece: Buffer): void {
  try {
    for (;;) appendFileSync(file, piece)
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOSPC') throw error
  }
}
