export type Scheduler = ReturnType<typeof createScheduler>

type Parked = { at: number; order: number; run: () => Promise<void> }

/**
 * Virtual time. Whoever waits is parked; the earliest is let go, alone, and runs until everybody is
 * parked again. So a history is the same each time, however fast the machine is.
 */
export function createScheduler(startAt: number) {
  let now = startAt
  let order = 0
  const parked: Parked[] = []

  function park(at: number, run: () => Promise<void>): void {
    order += 1
    parked.push({ at, order, run })
  }

  function takeEarliest(until: number): Parked | undefined {
    let found: Parked | undefined
    for (const one of parked) {
      if (one.at > until) continue
      if (found === undefined || one.at < found.at) found = one
    }
    if (found !== undefined) parked.splice(parked.indexOf(found), 1)
    return found
  }

  return {
    now: () => now,
    /** Does `work` when its time has come, while nobody else does anything. */
    act: <Result>(at: number, work: () => Promise<Result>): Promise<Result> =>
      new Promise((resolve, reject) => {
        park(at, () => work().then(resolve, reject))
      }),
    sleepUntil: (at: number): Promise<void> =>
      new Promise((resolve) => {
        park(at, async () => resolve())
      }),
    /** Lets everybody go on until the time is over, or nobody waits any more. */
    runUntil: async (end: number): Promise<void> => {
      for (let next = takeEarliest(end); next !== undefined; next = takeEarliest(end)) {
        now = Math.max(now, next.at)
        await next.run()
        await everybodyParked()
      }
      now = Math.max(now, end)
    },
  }
}

/** What runs between two steps waits for nothing outside: one turn of the loop ends it. */
function everybodyParked(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
