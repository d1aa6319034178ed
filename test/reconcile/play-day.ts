import { composePorts } from '../../src/cloud/compose-ports'
import { readConfig } from '../../src/cloud/config'
import type { LogEntry } from '../../src/cloud/log'
import { type Database, statement } from '../../src/cloud/postgres/database'
import { migrate } from '../../src/cloud/postgres/migrate'
import { reconcileDays } from '../../src/cloud/use-cases/reconcile-days'
import { runDueTasks } from '../../src/cloud/use-cases/run-tasks'
import { handClock } from '../../src/simulators/clock'
import { seededChance } from '../../src/simulators/seeded-chance'
import { makeKeys } from '../../src/stand/make-keys'
import { simulatedMerchants, startNeighbours } from '../../src/stand/neighbours'
import { contentsOf } from './at-billers'
import { whatBecame } from './became'
import { digestOf } from './digest'
import type { Expected } from './expected'
import { writeDay } from './in-our-books'
import { ordersOf } from './in-wechat'
import { judgeActions } from './judge-actions'
import { DAY, madeDay } from './made-day'
import { plant } from './plants'

export type FoundDifference = {
  paymentId: string
  ownerId: string
  source: string
  day: string
  reason: string
  action: string
  state: 'open' | 'done' | 'person'
  outcome: string | null
}

export type PlayedDay = {
  expected: Expected[]
  /** After the first run, and after the day that follows. */
  found: FoundDifference[]
  foundNextDay: FoundDifference[]
  /** Those of which something else was done than is safe, on any side, at the first run's end or when the day after is over. */
  unsafe: Expected[]
  /** Bills in which nothing was planted, and of which something was done all the same: ids of their postings. */
  disturbed: string[]
  /** True when running the same day once more wrote nothing anywhere, here or at a neighbour. */
  isUnchangedBySecondRun: boolean
  rows: number
  ledgerFen: number
  seconds: { made: number; run: number; again: number; nextDay: number }
  alarms: LogEntry[]
}

const NEXT_DAY = '2026-11-17'
/** An empty file of a payee that we say was paid is asked for eight times before it is believed. */
const HOURLY_ROUNDS = 10
/** In less than the hour after which what waits for another day is looked at again. */
const TASK_ROUNDS = 10

export const FOUND = statement(
  'play-differences',
  `select payment_id as "paymentId", owner_id as "ownerId", source, day, reason, action, state, outcome
   from difference order by day, payment_id, difference_id`,
)
const FILE_ROWS = statement(
  'play-file-rows',
  `select coalesce(sum(row_count), 0)::bigint as rows, count(*) filter (where state <> 'matched')::int as unmatched
   from daily_file where day = '${DAY}'`,
)
const LEDGER = statement(
  'play-ledger',
  'select coalesce(sum(amount_fen), 0)::bigint as fen from ledger_entry',
)

/**
 * A day of so many payments in all three books, so many of them planted with a difference; matched as
 * the timers would in the morning after, once more, and on the day that follows.
 */
export async function playDay(
  database: Database,
  size: { payments: number; planted: number; seed: number },
  tell: (text: string) => void,
): Promise<PlayedDay> {
  const keys = makeKeys()
  const clock = handClock(Date.parse(`${NEXT_DAY}T10:30:00+08:00`))
  const neighbours = await startNeighbours(keys, {
    clock,
    chance: seededChance(size.seed),
    notifyUrl: 'http://127.0.0.1:9/notices',
  })
  const alarms: LogEntry[] = []
  const ports = composePorts(readConfig(neighbours.environment), {
    database,
    now: clock.now,
    chance: () => 0.5,
    sleep: () => Promise.resolve(),
    log: (entry) => {
      if (entry.level !== 'info') alarms.push(entry)
    },
  })
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const startedAt = performance.now()
    await work()
    return (performance.now() - startedAt) / 1000
  }
  const books = {
    orders: () => neighbours.weChatPay.orders(),
    requests: () => neighbours.weChatPay.requests(),
    credits: () => [...neighbours.billers.values()].flatMap(({ books: own }) => own.credits()),
    atBillers: () => [...neighbours.billers.values()].map(({ books: own }) => own.dump()),
  }
  /** Once for the files and once for whatever an action left to be done a moment later. */
  const run = async () => {
    await reconcileDays(ports, Number.POSITIVE_INFINITY)
    clock.advance(60_000)
    await reconcileDays(ports, Number.POSITIVE_INFINITY)
  }
  /** What the actions left for the other timer: refunds are sent, and asked about until they are done. */
  const restOfTheDay = async () => {
    for (let round = 0; round < TASK_ROUNDS; round += 1) {
      clock.advance(120_000)
      await runDueTasks(ports, Number.POSITIVE_INFINITY)
    }
  }
  const differences = () => database.run<FoundDifference>(FOUND)
  const state = () => digestOf(database, books)
  try {
    await migrate(database)
    const chance = seededChance(size.seed)
    const day = madeDay(chance, size.payments)
    const expected = plant(day, size.planted, chance)
    const made = await timed(async () => {
      await writeDay(database, ports.personalData, day)
      neighbours.weChatPay.load(ordersOf(day, simulatedMerchants(keys)))
      for (const [id, biller] of neighbours.billers) biller.books.load(contentsOf(day, id))
    })
    const asPlanted = await whatBecame(database, books, day)
    tell(`${size.payments} payments in three books, ${size.planted} differences planted`)
    const first = await timed(run)
    const found = await differences()
    const afterRun = await whatBecame(database, books, day)
    const [files] = await database.run<{ rows: number; unmatched: number }>(FILE_ROWS)
    tell(`matched ${files?.rows ?? 0} rows; ${files?.unmatched ?? 0} files were not`)
    await restOfTheDay()
    const before = await state()
    const again = await timed(run)
    const after = await state()
    clock.advance(Date.parse('2026-11-18T10:30:00+08:00') - clock.now())
    const nextDay = await timed(async () => {
      for (let round = 0; round < HOURLY_ROUNDS; round += 1) {
        await run()
        clock.advance(3_600_000)
      }
    })
    const foundNextDay = await differences()
    const atLast = await whatBecame(database, books, day)
    const [ledger] = await database.run<{ fen: number }>(LEDGER)
    return {
      expected,
      found,
      foundNextDay,
      ...judgeActions(day, expected, { asPlanted, afterRun, atLast }),
      isUnchangedBySecondRun: before !== undefined && before === after,
      rows: files?.rows ?? 0,
      ledgerFen: ledger?.fen ?? Number.NaN,
      seconds: { made, run: first, again, nextDay },
      alarms,
    }
  } finally {
    await neighbours.close()
  }
}
