import { fork } from 'node:child_process'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { type Summary, together } from './seeds'
import type { Share } from './worker'

/** Lives the seeds in as many processes as the machine has cores, and says how far they are. */
export async function liveInProcesses(from: number, count: number): Promise<Summary> {
  const processes = Math.min(cpus().length, count)
  const share = Math.ceil(count / processes)
  const startedAt = Date.now()
  let lived = 0
  const progress = setInterval(() => {
    const seconds = (Date.now() - startedAt) / 1_000
    process.stderr.write(`${lived} of ${count} seeds, ${(lived / seconds).toFixed(1)} a second\n`)
  }, 15_000)
  const parts = await Promise.all(
    Array.from({ length: processes }, (_, index) => {
      const begin = from + index * share
      const own = Math.max(0, Math.min(share, from + count - begin))
      return inProcess(process.cwd(), { from: begin, count: own }, () => {
        lived += 1
      })
    }),
  )
  clearInterval(progress)
  return together(parts)
}

/** Lives a share in a process whose project is the one in `folder`. */
export function inProcess(
  folder: string,
  share: Share,
  onLived: () => void = () => undefined,
): Promise<Summary> {
  const child = fork(join(folder, 'test/simulate/worker.ts'), {
    cwd: folder,
    execArgv: ['--import', 'tsx'],
  })
  return new Promise((resolve, reject) => {
    child.on('message', (message: { lived?: number; summary?: Summary }) => {
      if (message.lived !== undefined) onLived()
      if (message.summary !== undefined) resolve(message.summary)
    })
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`a simulating process ended with ${code}`))
    })
    child.send(share)
  })
}
