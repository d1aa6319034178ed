import type { Statement } from '../../src/cloud/postgres/database'
import type { Base } from './base'
import type { Faults } from './faults'
import { brokenLaws } from './laws/all'
import type { Books } from './laws/books'
import { unfinished } from './laws/end'
import { closedIsProven } from './laws/facts'
import { createWatch, NOTHING } from './snapshot'
import type { Step } from './stepped-ports'

/** Holds every law after every step of a history; from the first breach on only the steps are kept. */
export function createJudge(
  base: Base,
  { faults, books, firstDay }: { faults: Faults; books: Books; firstDay: string },
) {
  const steps: Step[] = []
  const violations: string[] = []
  const look = createWatch(base.database)
  let seen = NOTHING

  /** What nobody has written is as it was seen last; the neighbours’ books may have changed. */
  async function judge(isWritten: boolean): Promise<void> {
    const before = seen
    if (isWritten) seen = await look()
    violations.push(...brokenLaws(seen, before, books))
    if (!faults.counts.has('clock-off')) violations.push(...closedIsProven(seen, books))
  }

  return {
    steps,
    violations,
    note: (breach: string): void => void violations.push(breach),
    onStep: async (step: Step, statement?: Statement): Promise<void> => {
      steps.push(step)
      if (violations.length > 0) return
      if (statement === undefined) await judge(false)
      else if (base.writes(statement)) await judge(true)
    },
    /** Whether nothing is left to be done, or there is nothing more to find. */
    isOver: async (): Promise<boolean> =>
      violations.length > 0 || unfinished(await look(), books, firstDay).length === 0,
    end: async (): Promise<void> => {
      if (violations.length > 0) return
      await judge(true)
      violations.push(...unfinished(seen, books, firstDay))
    },
  }
}
