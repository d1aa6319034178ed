import { composePorts } from '../../src/cloud/compose-ports'
import { readConfig } from '../../src/cloud/config'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { matchDays } from '../../src/cloud/use-cases/reconcile-days'
import { profiled } from '../support/profile'

/** The function that matches the day, in a process of its own: a round for each word it is sent. */
export type Round = { seconds: number; peakMegabytes: number; spent?: string[] }

const now = () => Number(process.env.BENCH_NOW)
// As many connections as a function has.
const database = openServerDatabase({ url: process.env.DATABASE_URL ?? '', connections: 2 })
const ports = composePorts(readConfig(process.env), {
  database,
  now,
  log: (entry) => {
    if (entry.level !== 'info') process.stderr.write(`${JSON.stringify(entry)}\n`)
  },
})

process.on('message', (word: 'round' | 'profile') => {
  round(word).then(
    (told) => process.send?.(told),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    },
  )
})

async function round(word: 'round' | 'profile'): Promise<Round> {
  const match = () => matchDays(ports, Number.POSITIVE_INFINITY)
  const startedAt = performance.now()
  const spent = word === 'profile' ? await profiled(match) : undefined
  if (spent === undefined) await match()
  return {
    seconds: (performance.now() - startedAt) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    ...(spent === undefined ? {} : { spent }),
  }
}
