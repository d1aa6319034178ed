import type { Biller } from '../../src/cloud/billers/biller'
import { BillerFault } from '../../src/cloud/billers/biller-fault'
import type { Database, Session, Statement } from '../../src/cloud/postgres/database'
import { repeatConflicts } from '../../src/cloud/postgres/repeat-conflicts'
import type { Ports } from '../../src/cloud/use-cases/ports'
import type { WeChatPay } from '../../src/cloud/wechat/we-chat-pay'
import { WeChatPayFault } from '../../src/cloud/wechat/we-chat-pay-fault'
import { callSite } from './call-site'
import type { Chance } from './chance'
import type { Faults, Port } from './faults'
import type { Books } from './laws/books'
import type { Scheduler } from './scheduler'

/** One run of a function or of a job: it takes steps until it ends, or dies at one. */
export type Actor = { name: string; steps: number; dead: boolean; clockOff: number }

export type Step = { actor: string; at: number; site: string; fault?: string }

export type World = {
  chance: Chance
  scheduler: Scheduler
  faults: Faults
  database: Database
  books: Books
  /** Hears of what breaks a law, or is a bug by its own word. */
  note: (breach: string) => void
  /** Hears of every step that was taken, once its effect is there. */
  onStep: (step: Step) => Promise<void>
}

const MINUTE_MS = 60_000
/** Nobody hears from whoever died. A promise of its own each time: one that all share would keep every history. */
const nobodyHears = (): Promise<never> => new Promise(() => undefined)

/** The real ports with every call through them made a step of this actor: it waits for its turn and may fail. */
export function steppedPorts(real: Ports, world: World, actor: Actor): Ports {
  const step = stepsOf(world, actor)
  const lost = () => Object.assign(new Error('connection lost'), { code: LOST })
  const ofDatabase = { lost, who: 'database' }
  const load = (into: Statement, lines: Uint8Array<ArrayBuffer>): Promise<void> => {
    const effect = () => world.database.session((session) => session.load(into, lines))
    return step('database', callSite(`database.${into.name}`), effect, ofDatabase)
  }
  const alone: Session['run'] = (statement, parameters) => {
    const site = callSite(`database.${statement.name}`)
    return step('database', site, () => world.database.run(statement, parameters), ofDatabase)
  }
  const noScript = () => Promise.reject(new Error('no money path runs a script'))
  const database: Database = {
    ...world.database,
    // A server’s connection is repeated where it breaks; so it is here.
    run: (statement, parameters) => {
      const site = callSite(`database.${statement.name}`)
      return repeatConflicts(
        () => step('database', site, () => world.database.run(statement, parameters), ofDatabase),
        {
          wait: (milliseconds) => world.scheduler.sleepUntil(world.scheduler.now() + milliseconds),
          chance: () => 0.5,
        },
      ) as never
    },
    // Nothing is repeated here: whoever reads or matches a file begins anew.
    session: (work) => work({ run: alone, load, script: noScript }),
  }
  return {
    ...real,
    database,
    weChatPay: weChatSteps(world.books.weChat.port, step),
    billers: {
      ...real.billers,
      adapter: (billerId) => billerSteps(billerId, world, step),
    },
    log: ({ level, event, error }) => {
      if (level === 'error') noteBug(world, event ?? 'log', error)
    },
    now: () => world.scheduler.now() + actor.clockOff,
    random: (count) => world.chance.bytes(`random/${actor.name}/${actor.steps}`, count),
    sleep: (milliseconds) =>
      step('clock', callSite('clock.sleep'), async () => undefined, { takes: milliseconds }),
    within: (milliseconds, work) =>
      Promise.race([work, world.scheduler.sleepUntil(world.scheduler.now() + milliseconds)]),
  }
}

const LOST = '08006'

/** A neighbour that fails is part of life; anything else that use cases throw or log is a bug. */
export function noteBug(world: World, where: string, error: unknown): void {
  const isFault = error instanceof WeChatPayFault || error instanceof BillerFault
  if (isFault || (error as { code?: string }).code === LOST) return
  world.note(`a bug: ${where}: ${error instanceof Error ? error.message : String(error)}`)
}

type Taking = {
  lost?: () => Error
  takes?: number
  /** Which neighbour it is asked of, who may be silent. */
  who?: string
}
type TakeStep = <Result>(
  port: Port,
  site: string,
  effect: () => Promise<Result>,
  taking: Taking,
) => Promise<Result>

function stepsOf(world: World, actor: Actor): TakeStep {
  const { chance, scheduler, faults } = world
  return async (port, site, effect, taking) => {
    if (actor.dead) return nobodyHears()
    const key = `${actor.name}#${actor.steps}`
    actor.steps += 1
    const takes = taking.takes ?? chance.between(`takes/${key}`, 1, 400)
    const outcome = await scheduler.act(scheduler.now() + takes, async () => {
      if (actor.dead) return 'died'
      const isSilent = taking.who !== undefined && faults.isSilent(taking.who, scheduler.now())
      const fault = faults.atStep(key, port, site) ?? (isSilent ? 'no-answer' : undefined)
      const taken: Step = { actor: actor.name, at: scheduler.now(), site, ...(fault && { fault }) }
      if (fault === 'crash-before') {
        actor.dead = true
        await world.onStep(taken)
        return 'died'
      }
      const isBefore = fault === 'no-answer' || fault === 'connection-lost-before'
      const result = isBefore ? undefined : await settled(effect)
      await world.onStep(taken)
      if (fault === 'crash-after') actor.dead = true
      return { fault, result }
    })
    if (outcome === 'died' || actor.dead) return nobodyHears()
    if (outcome.fault === 'slow') await scheduler.sleepUntil(scheduler.now() + 8_000)
    if (outcome.fault === 'freeze') {
      const minutes = chance.between(`freeze/${key}`, 1, 40)
      await scheduler.sleepUntil(scheduler.now() + minutes * MINUTE_MS)
    }
    if (actor.dead) return nobodyHears()
    const { result } = outcome
    const isLost = outcome.fault === 'answer-lost' || outcome.fault === 'connection-lost-after'
    if ((result === undefined || isLost) && taking.lost !== undefined) throw taking.lost()
    if (result === undefined) throw new Error(`${site} lost its answer and cannot`)
    if ('error' in result) throw result.error
    return result.value
  }
}

async function settled<Result>(
  effect: () => Promise<Result>,
): Promise<{ value: Result } | { error: unknown }> {
  try {
    return { value: await effect() }
  } catch (error) {
    return { error }
  }
}

function weChatSteps(port: WeChatPay, step: TakeStep): WeChatPay {
  const lost = () => new WeChatPayFault('NO_ANSWER')
  const to = <Result>(name: string, effect: () => Promise<Result>) =>
    step('we-chat', callSite(`we-chat.${name}`), effect, { lost, who: 'we-chat' })
  return {
    order: (order) => to('order', () => port.order(order)),
    query: (order) => to('query', () => port.query(order)),
    close: (order) => to('close', () => port.close(order)),
    requestPaymentParameters: port.requestPaymentParameters,
    refund: (order, refund) => to('refund', () => port.refund(order, refund)),
    queryRefund: (order, refund) => to('query-refund', () => port.queryRefund(order, refund)),
    reportDelivery: (order, transactionId) =>
      to('report-delivery', () => port.reportDelivery(order, transactionId)),
    readTrades: (owner, day, taker) =>
      to('read-trades', async () => undefined).then(() => port.readTrades(owner, day, taker)),
    readFundFlow: (owner, day) => to('read-fund-flow', () => port.readFundFlow(owner, day)),
  }
}

function billerSteps(billerId: string, world: World, step: TakeStep): Biller {
  const port = world.books.billers.get(billerId)?.port
  if (port === undefined) throw new Error(`there is no biller ${billerId}`)
  const lost = () => new BillerFault(billerId, 'no answer')
  const to = <Result>(name: string, effect: () => Promise<Result>) =>
    step('biller', callSite(`biller.${name}`), effect, { lost, who: billerId })
  return {
    findAccount: (number) => to('find-account', () => port.findAccount(number)),
    bills: (number) => to('bills', () => port.bills(number)),
    post: (posting) => to('post', () => port.post(posting)),
    postingStatus: (postingId) => to('posting-status', () => port.postingStatus(postingId)),
    reverse: (reversal) => to('reverse', () => port.reverse(reversal)),
    readPostings: (day, taker) =>
      to('read-postings', async () => undefined).then(() => port.readPostings(day, taker)),
  }
}
