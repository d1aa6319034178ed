/** Time for the simulators: real, or moved by hand; callbacks run when their time comes. */
export interface Clock {
  now(): number
  /** Runs `work` once after `milliseconds`; gives what cancels it. */
  after(milliseconds: number, work: () => void): () => void
}

/** Real time, `speed` times as fast for everything that waits. */
export function realClock(speed = 1): Clock {
  return {
    now: () => Date.now(),
    after: (milliseconds, work) => {
      const timer = setTimeout(work, milliseconds / speed)
      timer.unref()
      return () => clearTimeout(timer)
    },
  }
}

type Planned = { at: number; work: () => void }

/** A clock that stands still until it is moved. */
export function handClock(start: number): Clock & { advance: (milliseconds: number) => void } {
  let now = start
  let planned: Planned[] = []
  return {
    now: () => now,
    after: (milliseconds, work) => {
      const one = { at: now + milliseconds, work }
      planned.push(one)
      return () => {
        planned = planned.filter((other) => other !== one)
      }
    },
    advance: (milliseconds) => {
      const end = now + milliseconds
      for (;;) {
        const [next] = planned.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)
        if (next === undefined) break
        planned = planned.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.work()
      }
      now = end
    },
  }
}
