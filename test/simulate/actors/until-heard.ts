import type { Ports } from '../../../src/cloud/use-cases/ports'
import { invoke, pause, SECOND_MS, type Stage } from './stage'

/** A desk that hears nothing tries again, in the end on another day. */
export const TRIES = 60

/** Does it again until an answer was heard. */
export async function untilHeard<Answer>(
  stage: Stage,
  name: string,
  work: (ports: Ports) => Promise<Answer>,
): Promise<Answer | undefined> {
  for (let time = 0; time < TRIES; time += 1) {
    const answer = await invoke(stage, `${name}/${time}`, work)
    if (answer !== undefined) return answer
    await pause(stage, (time < 5 ? 30 : 1_800) * SECOND_MS)
  }
  return undefined
}
