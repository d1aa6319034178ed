import { type ChildProcess, fork } from 'node:child_process'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Act, Answer, Given } from './acts'

/** A process that does one thing after the other. */
export type Worker = {
  ask: <A extends Act>(act: A, given: Given<A>) => Promise<Answer<A>>
  end: () => void
}

/** A process whose project is the one in `folder`; `counts` has it count which branches run. */
export async function startWorker(folder: string, { counts = false } = {}): Promise<Worker> {
  const child = fork(join(folder, 'test/simulate/processes/worker.ts'), counts ? ['--count'] : [], {
    cwd: folder,
    execArgv: ['--import', 'tsx'],
  })
  await nextMessage(child)
  return {
    ask: async (act, given) => {
      const answered = nextMessage(child)
      child.send({ act, given })
      return ((await answered) as { answered: never }).answered
    },
    end: () => child.kill(),
  }
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const hear = (message: unknown) => {
      child.off('exit', fail)
      resolve(message)
    }
    const fail = (code: number | null) => {
      child.off('message', hear)
      reject(new Error(`a simulating process ended with ${code}`))
    }
    child.once('message', hear)
    child.once('exit', fail)
  })
}

/** Each process takes one after the other of what is to be done. */
export async function shareOut<Item>(
  workers: readonly Worker[],
  items: Iterable<Item>,
  work: (worker: Worker, item: Item) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]()
  const lane = async (worker: Worker) => {
    for (let next = left.next(); next.done !== true; next = left.next())
      await work(worker, next.value)
  }
  await Promise.all(workers.map(lane))
}

/** How many processes: as many as the machine has cores, unless it has other work. */
export type Crew = { workers?: number; counts?: boolean }

export async function withWorkers<Result>(
  use: (workers: readonly Worker[]) => Promise<Result>,
  { workers: count = cpus().length, counts = false }: Crew = {},
): Promise<Result> {
  const workers = await Promise.all(
    Array.from({ length: count }, () => startWorker(process.cwd(), { counts })),
  )
  try {
    return await use(workers)
  } finally {
    for (const worker of workers) worker.end()
  }
}
