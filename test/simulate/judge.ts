import type { Base } from './base'
import type { Faults } from './faults'
import { brokenLaws } from './laws/all'
import { isWronglyPaid } from './laws/bills'
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
  let touched = -1

  /** What nobody has written is as it was judged before, unless a neighbour’s book has changed. */
  async function judge(): Promise<void> {
    const before = seen
    seen = (await look()) ?? before
    if (seen === before && books.touched() === touched) return
    violations.push(...brokenLaws(seen, before, books))
    violations.push(...closedIsProven(seen, books, !faults.counts.has('clock-off')))
    touched = books.touched()
  }

  return {
    steps,
    violations,
    note: (breach: string): void => void violations.push(breach),
    /** A bill that somebody is told is paid already. */
    calledPaid: (bill: { billerId: string; billId: string }): void => {
      if (isWronglyPaid(seen, books, bill))
        violations.push(`law 9: ${bill.billId} is owed, and cannot be paid`)
    },
    onStep: async (step: Step): Promise<void> => {
      steps.push(step)
      if (violations.length === 0) await judge()
    },
    /** Whether nothing is left to be done, or there is nothing more to find. */
    isOver: async (): Promise<boolean> => {
      await judge()
      return violations.length > 0 || unfinished(seen, books, firstDay).length === 0
    },
    end: async (): Promise<void> => {
      if (violations.length > 0) return
      await judge()
      violations.push(...unfinished(seen, books, firstDay))
    },
  }
}
