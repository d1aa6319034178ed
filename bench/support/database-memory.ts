import { readFileSync } from 'node:fs'
import pg from 'pg'

const EVERY_MS = 100

/**
 * The most that a server's processes together held of the memory, each shared page counted once; in MB.
 * The kernel adds the pages up anew for each look, which takes a fifth of a processor: nothing is timed meanwhile.
 */
export async function watchDatabaseMemory(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const server = parentOf(rows[0]?.pid ?? 0)
  await client.end()
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, held(server))
  }, EVERY_MS)
  return { peakMegabytes: () => peak, stop: () => clearInterval(timer) }
}

function parentOf(pid: number): number {
  return Number(/^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

function held(server: number): number {
  const children = readFileSync(`/proc/${server}/task/${server}/children`, 'utf8').trim().split(' ')
  return [String(server), ...children].reduce((sum, pid) => sum + shareOf(pid), 0) / 1024
}

function shareOf(pid: string): number {
  try {
    return Number(
      /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0,
    )
  } catch {
    // It ended meanwhile.
    return 0
  }
}
