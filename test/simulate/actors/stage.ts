import type { Ports } from '../../../src/cloud/use-cases/ports'
import type { Plan } from '../plan'
import { type Actor, noteBug, steppedPorts, type World } from '../stepped-ports'

export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
/** The platform ends a function then, and the phone hears no more of it. */
const FUNCTION_MS = 60 * SECOND_MS

/** What everybody who takes part in a history knows. */
export type Stage = World & {
  real: Ports
  plan: Plan
  /** What each start of a payment was answered: the same id has one outcome for ever. */
  answers: Map<string, string>
  /** Who has yet to do something that others have to finish. */
  under: Set<string>
}

/** Runs a function as an actor of its own; undefined when it died, failed or took too long. */
export async function invoke<Result>(
  stage: Stage,
  name: string,
  work: (ports: Ports) => Promise<Result>,
  clockOff = 0,
): Promise<Result | undefined> {
  const actor: Actor = { name, steps: 0, dead: false, clockOff }
  const { scheduler } = stage
  return Promise.race([
    work(steppedPorts(stage.real, stage, actor)).catch((error: unknown) => {
      noteBug(stage, name, error)
      return undefined
    }),
    scheduler.sleepUntil(scheduler.now() + FUNCTION_MS).then(() => undefined),
  ])
}

/** As long as this is under way the history is not over. */
export async function underWay(
  { under }: Stage,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  under.add(name)
  await work()
  under.delete(name)
}

export function pause(stage: Stage, milliseconds: number): Promise<void> {
  return stage.scheduler.sleepUntil(stage.scheduler.now() + milliseconds)
}
