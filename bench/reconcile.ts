import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadManifests } from '../src/cloud/billers/load-manifests'
import { judgeDay } from '../test/reconcile/judge-day'
import { DAY } from '../test/reconcile/made-day'
import type { Joined } from './processes/join-in-duckdb'
import type { Round } from './processes/match-day'
import { startChild } from './support/child'
import { watchDatabaseMemory } from './support/database-memory'
import { median } from './support/median'
import { preparedDay } from './support/reconcile-day'
import { tell } from './support/results'

/**
 * A day of a million rows in WeChat's trade files, with the billers' files beside them, read and matched
 * with our books by the function as it is deployed, in a process of its own; against DuckDB, which reads
 * and joins the same files and an export of the same books.
 */
const PAYMENTS = 905_000
const PLANTED = 1_000
const ROUNDS = 5
const FLOOR = 0.2
const GOAL = 0.5
/** What a cloud function has. */
const MOST_MEGABYTES = 256
/** As Node sizes its heap by itself where there are no more than these (Node 20 in a cgroup of 256 MB). */
const SMALL_HEAP = ['--max-old-space-size=256', '--max-semi-space-size=1']

async function main(): Promise<void> {
  const url = process.env.BENCH_DATABASE_URL ?? ''
  const payments = Number(argument('--payments') ?? PAYMENTS)
  const rounds = Number(argument('--rounds') ?? ROUNDS)
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-bench-'))
  chmodSync(folder, 0o777)
  const day = await preparedDay({ url, folder, payments, planted: PLANTED, seed: 1 })
  const ours = startChild<'round' | 'profile', Round>('match-day', day.environment, SMALL_HEAP)
  const theirs = startChild<'round', Joined>('join-in-duckdb', day.environment)
  const memory = await watchDatabaseMemory(url)
  const figures = { ours: [] as number[], theirs: [] as number[] }
  let peak = 0
  let joined: Joined | undefined
  await ours.ask('round')
  memory.stop()
  await theirs.ask('round')
  const verdict = judgeDay({ expected: day.expected, found: await day.found() })
  const rows = await day.rows()
  for (let round = 0; round < rounds; round += 1) {
    await day.forget()
    joined = await theirs.ask('round')
    figures.theirs.push(joined.seconds)
    const told = await ours.ask('round')
    figures.ours.push(told.seconds)
    peak = told.peakMegabytes
    process.stderr.write(
      `round ${round + 1} of ${rounds}: ${told.seconds.toFixed(1)} s, DuckDB ${joined.seconds.toFixed(1)} s\n`,
    )
  }
  const ratio = median(figures.theirs) / median(figures.ours)
  await day.forget()
  const spent = ratio < GOAL ? (await ours.ask('profile')).spent : undefined
  ours.stop()
  theirs.stop()
  await day.close()
  rmSync(folder, { recursive: true })
  const { found, missed, invented } = verdict.all
  tell(
    {
      name: 'reconcile',
      product: 'a day of trade files and billers’ files read and matched with the books',
      yardstick: 'DuckDB reading and joining the same files, 2 threads',
      ratio,
      floor: FLOOR,
      goal: GOAL,
      day: DAY,
      billers: loadManifests().length,
      rows,
      planted: PLANTED,
      found,
      missed,
      invented,
      seconds: Number(median(figures.ours).toFixed(1)),
      yardstickSeconds: Number(median(figures.theirs).toFixed(1)),
      peakMegabytes: Math.round(peak),
      mostMegabytes: MOST_MEGABYTES,
      databaseMegabytes: Math.round(memory.peakMegabytes()),
      yardstickMegabytes: Math.round(joined?.peakMegabytes ?? 0),
      yardstickFound: joined?.found,
      rounds,
      ...(spent === undefined ? {} : { spent }),
    },
    rounds >= ROUNDS && payments >= PAYMENTS,
  )
  if (missed + invented > 0 || peak > MOST_MEGABYTES) process.exitCode = 1
}

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}

main().then(
  // Below its floor the benchmark has set the exit code.
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  },
)
