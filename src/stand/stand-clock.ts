import { type Clock, realClock } from '../simulators/clock'
import { keptLead } from './kept-state'

export type StandClock = Clock & {
  /** Moves the city's time on; what was to happen in between happens now. */
  forward: (milliseconds: number) => void
}
type Planned = { at: number; again: () => void }

/** Real time and what the visitor moved it on by, which the folder keeps. */
export function standClock(folder: string): StandClock {
  const lead = keptLead(folder)
  const real = realClock()
  const planned = new Set<Planned>()
  let ahead = lead.recall()
  const now = () => real.now() + ahead
  return {
    now,
    after: (milliseconds, work) => {
      const at = now() + milliseconds
      const run = () => {
        planned.delete(one)
        work()
      }
      let cancel = real.after(milliseconds, run)
      const one: Planned = {
        at,
        again: () => {
          cancel()
          cancel = real.after(Math.max(at - now(), 0), run)
        },
      }
      planned.add(one)
      return () => {
        planned.delete(one)
        cancel()
      }
    },
    forward: (milliseconds) => {
      ahead += milliseconds
      lead.save(ahead)
      for (const one of planned) one.again()
    },
  }
}
