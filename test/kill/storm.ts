import type { Engine, Trouble } from './engines'
import { pause, within } from './pause'
import { raiseScene, type Scene } from './scene'

export type StormSettings = {
  rounds: number
  port: number
  /** Where the journal is kept. */
  folder: string
  tell: (line: string) => void
}

const PAYERS = 8
/** Something is broken when so many of them are at a payment. */
const UNDER_WAY = 3
/** Of each payer: more than one gets through, so that nobody runs out. */
const BILLS_PER_ROUND = 4
/** What was broken is under load for so long before something is broken again. */
const LOAD_MS = { least: 300, more: 600 }
const PATIENCE_MS = 2_000
const QUIET_EVERY = 25
const TELL_EVERY = 10
const FIRST_ANSWER_WITHIN_MS = 15_000
const SETTLED_WITHIN_MS = 60_000
const FINISHED_WITHIN_MS = 240_000

/** What was measured, in milliseconds from the moment on which all was to mend by itself. */
export type Measured = {
  firstAnswers: number[]
  settledAfter: number[]
  finishedAfter: number | undefined
  /** Payments that a phone was at when something was broken. */
  underWay: number[]
  /** What took longer than it may. */
  late: string[]
}

/**
 * Residents pay while host and database are broken again and again; WeChat and the billers go on.
 * Now and then all is left alone until what WeChat was paid for is settled, and at the end until
 * nothing is under way any more. Then what was acknowledged is compared with what is there.
 */
export async function storm(engine: Engine, settings: StormSettings) {
  const { rounds, tell } = settings
  const scene = await raiseScene({
    ...engine,
    ...settings,
    payers: PAYERS,
    bills: 20 + rounds * BILLS_PER_ROUND,
  })
  const measured: Measured = {
    firstAnswers: [],
    settledAfter: [],
    finishedAfter: undefined,
    underWay: [],
    late: [],
  }
  const startedAt = Date.now()
  let mendsFrom = startedAt
  for (let round = 1; round <= rounds; round += 1) {
    scene.jobs.busy()
    scene.payers.goOn()
    await pause(LOAD_MS.least + Math.random() * LOAD_MS.more)
    await within(PATIENCE_MS, async () => scene.payers.underWay() >= UNDER_WAY, 2)
    mendsFrom = await breakOnce(scene, troubleOf(engine, round), measured)
    if (round % QUIET_EVERY === 0 || round === rounds) await leaveAlone(scene, mendsFrom, measured)
    if (round % TELL_EVERY === 0 || round === rounds)
      tell(`${engine.name}: ${progress(scene, { round, rounds, startedAt })}`)
  }
  if (await within(FINISHED_WITHIN_MS, scene.isFinished))
    measured.finishedAfter = Date.now() - mendsFrom
  else measured.late.push('something is still under way at the end')
  return {
    engine: engine.name,
    rounds,
    measured,
    begun: scene.payers.begun(),
    ...(await scene.end()),
  }
}

function troubleOf({ troubles }: Engine, round: number): Trouble {
  const trouble = troubles[(round - 1) % troubles.length]
  if (trouble === undefined) throw new Error('there is nothing to break')
  return trouble
}

async function breakOnce(scene: Scene, trouble: Trouble, measured: Measured): Promise<number> {
  measured.underWay.push(scene.payers.underWay())
  const { mendsFrom } = await trouble.strike(scene.host)
  const isAnswered = await within(FIRST_ANSWER_WITHIN_MS, scene.isAnswering, 20)
  const took = Date.now() - mendsFrom
  if (trouble.isOfDatabase) measured.firstAnswers.push(took)
  if (!isAnswered || took > FIRST_ANSWER_WITHIN_MS)
    measured.late.push(`no good answer within 15 s after ${trouble.name}`)
  return mendsFrom
}

/** Nobody begins anything; the timers are as slow as deployed. */
async function leaveAlone(scene: Scene, mendsFrom: number, measured: Measured): Promise<void> {
  scene.payers.rest()
  scene.jobs.asDeployed()
  const isSettled = await within(SETTLED_WITHIN_MS, scene.isSettled)
  const took = Date.now() - mendsFrom
  measured.settledAfter.push(took)
  if (!isSettled || took > SETTLED_WITHIN_MS)
    measured.late.push(`not all was settled within 60 s, after ${took} ms`)
}

function progress(scene: Scene, at: { round: number; rounds: number; startedAt: number }): string {
  const seconds = Math.round((Date.now() - at.startedAt) / 1_000)
  return (
    `${at.round} of ${at.rounds} rounds, ${seconds} s, ${scene.payers.begun()} payments begun, ` +
    `${scene.journal.lines()} acknowledgements kept`
  )
}
