import { fork } from 'node:child_process'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Crashed, CrashPoint } from './crash-points'
import { nothingLived, type Summary, together } from './seeds'
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

/** Dies at each of these points, in as many processes as there are cores. */
export async function crashInProcesses(points: readonly CrashPoint[]): Promise<Crashed[]> {
  const crashed: Crashed[] = []
  const progress = setInterval(() => {
    process.stderr.write(`${crashed.length} of ${points.length} crash points\n`)
  }, 15_000)
  const shares = cpus().map((_, share) => points.filter((_, at) => at % cpus().length === share))
  await Promise.all(
    shares.map((crashPoints) =>
      messagesOf(process.cwd(), { crashPoints }, (message) => {
        if (message.crashed !== undefined) crashed.push(message.crashed)
      }),
    ),
  )
  clearInterval(progress)
  return crashed
}

/** Lives a share in a process whose project is the one in `folder`. */
export async function inProcess(
  folder: string,
  share: Share,
  onLived: () => void = () => undefined,
): Promise<Summary> {
  let summary = nothingLived()
  await messagesOf(folder, share, (message) => {
    if (message.lived !== undefined) onLived()
    if (message.summary !== undefined) summary = message.summary
  })
  return summary
}

type Message = { lived?: number; summary?: Summary; crashed?: Crashed }

function messagesOf(folder: string, share: Share, hear: (message: Message) => void): Promise<void> {
  const child = fork(join(folder, 'test/simulate/worker.ts'), {
    cwd: folder,
    execArgv: ['--import', 'tsx'],
  })
  child.on('message', hear)
  child.send(share)
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`a simulating process ended with ${code}`))
    })
  })
}
