import { startCounting } from '../branches/counts'
import type { Asked } from './acts'

/** One of several processes: does what it is asked, one thing after the other, until it is let go. */
async function work(): Promise<void> {
  // What runs is counted from its first reading on.
  if (process.argv.includes('--count')) startCounting()
  const { answer } = await import('./acts')
  process.on('message', (asked: Asked) => {
    answer(asked).then((answered) => process.send?.({ answered }), fail)
  })
  process.send?.('ready')
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(2)
}

work().catch(fail)
