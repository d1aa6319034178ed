/**
 * The one place where a database call is repeated: deadlock (40P01), serialization failure (40001)
 * and broken connections. Safe because every money function is idempotent by payment id.
 */
const CONFLICTS = new Set(['40P01', '40001'])
const LOST = new Set([
  '08000',
  '08003',
  '08006',
  '57P01',
  '57P02',
  '57P03',
  // Every connection that the server has to give is taken.
  '53300',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
])
/** What `pg` says without a code: the connection ended on the way, or before the statement was sent. */
const GONE = /^Connection terminated|is not queryable$/
/** A connection that breaks five times will not mend; of many that meet, each in turn gets through. */
const TIMES = { lost: 5, conflict: 15 }
const LONGEST_MS = 270

type Repeating = {
  wait: (milliseconds: number) => Promise<void>
  /** 0 to 1: spreads those that met, so that they do not meet again. */
  chance: () => number
  /** The caller cannot wait any longer; without it, any caller can. */
  isOver?: () => boolean
}

/** Does `work` again after a conflict or a lost connection, so often and so long as it may help. */
export async function repeatConflicts<Result>(
  work: () => Promise<Result>,
  { wait, chance, isOver }: Repeating,
): Promise<Result> {
  for (let time = 1; ; time += 1) {
    try {
      return await work()
    } catch (error) {
      const flaw = flawOf(error)
      if (flaw === undefined || time === TIMES[flaw] || isOver?.() === true) throw error
      await wait(Math.min(10 * 3 ** (time - 1), LONGEST_MS) * (0.5 + chance()))
    }
  }
}

function flawOf(error: unknown): keyof typeof TIMES | undefined {
  const { code, message } = error as { code?: string; message?: string }
  if (code !== undefined && CONFLICTS.has(code)) return 'conflict'
  if (code !== undefined && LOST.has(code)) return 'lost'
  return message !== undefined && GONE.test(message) ? 'lost' : undefined
}
