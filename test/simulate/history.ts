import type { Database } from '../../src/cloud/postgres/database'
import type { Ports } from '../../src/cloud/use-cases/ports'
import { livePhone, liveRunner, type Stage } from './actors'
import { chanceOf } from './chance'
import { createFaults, type Fault, type ForcedFault } from './faults'
import { brokenLaws } from './laws/all'
import type { Books } from './laws/books'
import { unfinished } from './laws/end'
import { closedIsProven } from './laws/facts'
import { createBillerBook } from './neighbours/biller'
import { createWeChatBook } from './neighbours/we-chat'
import { planHistory } from './plan'
import { createScheduler } from './scheduler'
import { type Snapshot, takeSnapshot } from './snapshot'
import type { Step, World } from './stepped-ports'
import { emptyTown, fillTown } from './town'
import { withUndoRules } from './undo-rules'

export type HistoryOptions = {
  leftOut?: ReadonlySet<string>
  /** Residents' intents that are not lived. */
  idle?: ReadonlySet<string>
  forced?: readonly ForcedFault[]
}
export type Told = {
  seed: number
  violations: string[]
  steps: Step[]
  faults: ReadonlyMap<Fault, number>
  happened: readonly string[]
  /** Forced faults whose step was never reached. */
  notReached: number
  intents: string[]
}

/** 16 November 2026, 14:00 in Asia/Shanghai. */
const START = Date.parse('2026-11-16T14:00:00+08:00')
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const CHAOS_MS = 120 * MINUTE_MS
/** WeChat asks hourly and its notices come up to two days late: by then everything is final. */
const LATEST_NOTICE_MS = 52 * HOUR_MS
const BOUND_MS = 5 * 24 * HOUR_MS
const NOTHING: Snapshot = {
  payments: [],
  orders: [],
  items: [],
  bills: [],
  refunds: [],
  movements: [],
  tasks: [],
  audit: [],
}
const WRITES = /^\s*(insert|update|delete|select \w+\(\$)/i

/** Lives one history: first anything may fail, then all neighbours answer and everything must end. */
export async function liveHistory(
  base: { database: Database; ports: Ports },
  seed: number,
  options: HistoryOptions = {},
): Promise<Told> {
  const chance = chanceOf(seed)
  const faults = createFaults(chance, options)
  const scheduler = createScheduler(START)
  const plan = planHistory(chance, START)
  const weChat = createWeChatBook({
    now: scheduler.now,
    couponPercent: (number) => chance.pick(`coupon/${number}`, [0, 0, 0, 10, 100]),
    staysOpen: (number) => chance.happens(`stays-open/${number}`, 0.5),
    paysAtClose: (number) => faults.inWorld(number, 'pays-at-close', 0.3),
    paysAfterEnd: (number) => faults.inWorld(number, 'pays-after-end', 0.5),
    refundEnd: (number) => {
      if (faults.inWorld(number, 'refund-abnormal', 0.1)) return 'abnormal'
      return faults.inWorld(number, 'refund-closed', 0.1) ? 'closed' : 'done'
    },
  })
  const billers = new Map(
    plan.billerIds.map((id) => [
      id,
      createBillerBook({
        now: scheduler.now,
        refuses: ({ postingId }) => faults.inWorld(postingId, 'posting-refused', 0.1),
      }),
    ]),
  )
  const books: Books = { weChat, billers, takenBack: new Set() }
  const told = { steps: [] as Step[], violations: [] as string[] }
  let before = NOTHING

  const judge = async () => {
    const now = await takeSnapshot(base.database)
    told.violations.push(...brokenLaws(now, before, books))
    if (!faults.counts.has('clock-off')) told.violations.push(...closedIsProven(now, books))
    before = now
  }
  const world: World = {
    chance,
    scheduler,
    faults,
    database: base.database,
    weChat: weChat.port,
    billers: new Map([...billers].map(([id, { port }]) => [id, port])),
    note: (breach) => told.violations.push(breach),
    onStep: async (step, statement) => {
      told.steps.push(step)
      if (told.violations.length > 0) return
      if (statement === undefined || WRITES.test(statement)) await judge()
    },
  }
  const stage: Stage = {
    ...world,
    real: withUndoRules(base.ports, chance),
    weChatBook: weChat,
    answers: new Map(),
    takenBack: books.takenBack,
  }

  await emptyTown(base.database)
  await fillTown(base, plan, START)
  const isOver = async () =>
    told.violations.length > 0 || unfinished(await takeSnapshot(base.database), books).length === 0
  let ended = false
  for (const intent of plan.intents.filter(({ name }) => options.idle?.has(name) !== true))
    void livePhone(stage, intent)
  for (const name of ['runner-1', 'runner-2']) void liveRunner(stage, name, () => ended)
  await scheduler.runUntil(START + CHAOS_MS)
  faults.heal()
  let at = START + CHAOS_MS
  do {
    at += HOUR_MS
    await scheduler.runUntil(at)
  } while (at < START + BOUND_MS && !(await isOver()))
  // What comes late finds everything final, and must leave it so.
  ended = true
  await scheduler.runUntil(at + LATEST_NOTICE_MS)
  if (told.violations.length === 0)
    told.violations.push(...unfinished(await takeSnapshot(base.database), books))
  return {
    seed,
    ...told,
    faults: faults.counts,
    happened: faults.happened,
    notReached: faults.waiting.length,
    intents: plan.intents.map(({ name }) => name),
  }
}
