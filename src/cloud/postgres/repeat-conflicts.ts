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
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
])
const TIMES = 5

export async function repeatConflicts<Result>(
  work: () => Promise<Result>,
  wait: (milliseconds: number) => Promise<void>,
): Promise<Result> {
  for (let time = 1; ; time += 1) {
    try {
      return await work()
    } catch (error) {
      if (time === TIMES || !isRepeatable(error)) throw error
      await wait(10 * 3 ** (time - 1))
    }
  }
}

function isRepeatable(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  if (code !== undefined && (CONFLICTS.has(code) || LOST.has(code))) return true
  return message?.startsWith('Connection terminated') ?? false
}
