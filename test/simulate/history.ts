import { deriveAccountId } from '../../src/cloud/postgres/personal-data'
import { askAnew, changeBills, silenceSome } from './actors/billers'
import { calledPaid } from './actors/last-look'
import { liveMatcher } from './actors/matcher'
import { liveMerchant, regretAtOnce } from './actors/merchant'
import { nameThemselves } from './actors/names'
import { workThroughTheList } from './actors/person-list'
import { livePhone } from './actors/phone'
import { liveRunner } from './actors/runner'
import { type Stage, underWay } from './actors/stage'
import type { Base } from './base'
import { dayOf, laterDay, momentOf } from './calendar'
import { chanceOf } from './chance'
import { createFaults, type Fault, type FaultOptions } from './faults'
import { createJudge } from './judge'
import { openBooks } from './neighbours/open-books'
import { withOwnBillers } from './own-billers'
import { planHistory } from './plan'
import { createScheduler } from './scheduler'
import type { Step } from './stepped-ports'
import { emptyTown, fillTown } from './town'

export type HistoryOptions = FaultOptions & {
  /** Residents' intents that are not lived. */
  idle?: ReadonlySet<string>
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

/** In the afternoon, or before midnight, when the day changes and a biller closes; in Asia/Shanghai. */
const STARTS = ['14:00', '14:00', '14:00', '22:50'].map((clock) =>
  Date.parse(`2026-11-16T${clock}:00+08:00`),
)
const HOUR_MS = 3_600_000
const CHAOS_MS = 2 * HOUR_MS
/** On the morning after anything may fail again, just before the day’s files are matched. */
const MATCHES_AT = '09:58'
/** WeChat asks hourly and its notices come up to two days late: by then everything is final. */
const LATEST_NOTICE_MS = 52 * HOUR_MS
const LAST_LOOK_MS = HOUR_MS
const BOUND_MS = 5 * 24 * HOUR_MS

/** Lives one history: first anything may fail, and on the next morning; then all neighbours answer and everything must end. */
export async function liveHistory(
  base: Base,
  seed: number,
  options: HistoryOptions = {},
): Promise<Told> {
  const chance = chanceOf(seed)
  const faults = createFaults(chance, options)
  const startAt = chance.pick('starts', STARTS)
  const scheduler = createScheduler(startAt)
  const plan = planHistory(chance, startAt, (billerId, accountNumber) =>
    deriveAccountId(base.ports.personalData, billerId, accountNumber),
  )
  const books = openBooks(
    { chance, faults, scheduler, plan, receiptKey: base.receiptKey },
    { free: ({ billId }) => void underWay(stage, `anew/${billId}`, () => askAnew(stage, billId)) },
  )
  const judge = createJudge(base, { faults, books, firstDay: dayOf(startAt) })
  const stage: Stage = {
    ...{ chance, faults, scheduler, plan, books },
    real: withOwnBillers(base.ports, chance, plan.billerIds),
    database: base.database,
    note: judge.note,
    onStep: judge.onStep,
    answers: new Map(),
    under: new Set(),
  }

  await emptyTown(base.database)
  await fillTown(base, plan, startAt)
  let ended = false
  for (const intent of plan.intents.filter(({ name }) => options.idle?.has(name) !== true))
    void livePhone(stage, intent)
  silenceSome(stage, startAt)
  void nameThemselves(stage)
  void underWay(stage, 'merchant', () => liveMerchant(stage))
  void regretAtOnce(stage)
  void underWay(stage, 'list', () => workThroughTheList(stage))
  changeBills(stage, startAt)
  for (const name of ['runner-1', 'runner-2']) void liveRunner(stage, name, () => ended)
  for (const name of ['matcher-1', 'matcher-2']) void liveMatcher(stage, name, () => ended)
  await scheduler.runUntil(startAt + CHAOS_MS)
  faults.heal()
  const morning = momentOf(laterDay(dayOf(startAt), 1), MATCHES_AT)
  await scheduler.runUntil(morning)
  faults.worsen()
  await scheduler.runUntil(morning + HOUR_MS)
  faults.heal()
  let at = morning + HOUR_MS
  const isOver = async () =>
    (await judge.isOver()) && (judge.violations.length > 0 || stage.under.size === 0)
  do {
    at += HOUR_MS
    await scheduler.runUntil(at)
  } while (at < startAt + BOUND_MS && !(await isOver()))
  // What comes late finds everything final, and must leave it so.
  ended = true
  await scheduler.runUntil(at + LATEST_NOTICE_MS)
  await judge.end()
  const last = calledPaid(stage)
  await scheduler.runUntil(scheduler.now() + LAST_LOOK_MS)
  for (const bill of await last) judge.calledPaid(bill)
  return {
    seed,
    steps: judge.steps,
    violations: judge.violations,
    faults: faults.counts,
    happened: faults.happened,
    notReached: faults.waiting.length,
    intents: plan.intents.map(({ name }) => name),
  }
}
