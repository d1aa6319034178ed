import { openBase } from './base'
import { type CrashPoint, crashAt } from './crash-points'
import { liveSeeds } from './seeds'
import { asText, shrink } from './shrink'

export type Share =
  | { from: number; count: number; untilFound?: boolean }
  | { crashPoints: CrashPoint[] }

/** One of several processes: lives its share of the seeds and tells its parent. */
process.once('message', (share: Share) => {
  live(share).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(2)
    },
  )
})

async function live(share: Share): Promise<void> {
  const base = await openBase()
  if ('crashPoints' in share) {
    for (const point of share.crashPoints) await tell({ crashed: await crashAt(base, point) })
    return
  }
  let shown = false
  const failures: Promise<void>[] = []
  const summary = await liveSeeds(base, share, (told) => {
    void tell({ lived: told.seed })
    if (told.violations.length === 0 || shown || share.untilFound === true) return
    shown = true
    failures.push(
      shrink(base, told).then((short) => void process.stderr.write(`${asText(short)}\n`)),
    )
  })
  await Promise.all(failures)
  await tell({ summary })
}

/** Done once it is on its way: a process that ends says nothing more. */
function tell(message: object): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()))
}
