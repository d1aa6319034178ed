import { branchShares, type FileShare } from './branches/share'
import { type Crew, shareOut, withWorkers } from './processes/workers'
import { nothingLived, type Summary, together } from './seeds'

const AT_ONCE = 20
const SHORTENED = 1

export type Lived = { summary: Summary; files: FileShare[]; shortest: string[] }

/** Lives the seeds in as many processes as there are cores, telling how far it is. */
export function liveAll(from: number, count: number, crew: Crew): Promise<Lived> {
  const startedAt = Date.now()
  let summary = nothingLived()
  const progress = setInterval(() => {
    const seconds = (Date.now() - startedAt) / 1_000
    const { seeds, failing } = summary
    process.stderr.write(
      `${seeds} of ${count} seeds, ${(seeds / seconds).toFixed(1)} a second, ${failing.length} break a law\n`,
    )
  }, 15_000)
  return withWorkers(
    async (workers) => {
      const shortest: string[] = []
      await shareOut(workers, shares(from, count), async (worker, share) => {
        const lived = await worker.ask('live', share)
        summary = together([summary, lived])
        for (const [index, seed] of lived.failing.entries())
          process.stderr.write(`seed ${seed} breaks ${lived.breaches[index]}\n`)
        const [failing] = lived.failing
        if (failing !== undefined && shortest.length < SHORTENED)
          shortest.push(await worker.ask('shorten', failing))
      })
      const counts = await Promise.all(workers.map((worker) => worker.ask('counts', undefined)))
      return { summary, files: branchShares(counts.flat()), shortest }
    },
    { ...crew, counts: true },
  ).finally(() => clearInterval(progress))
}

function* shares(from: number, count: number): Iterable<{ from: number; count: number }> {
  for (let next = from; next < from + count; next += AT_ONCE)
    yield { from: next, count: Math.min(AT_ONCE, from + count - next) }
}
