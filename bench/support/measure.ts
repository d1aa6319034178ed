import { cpus } from 'node:os'

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

/** Prints the one line of a benchmark; below its floor the command fails. */
export function toldRatio(
  name: string,
  line: { floor: number; goal: number },
  ratio: number,
  more: object,
): void {
  const result = {
    name,
    ratio: Number(ratio.toFixed(2)),
    ...line,
    holds: ratio >= line.floor,
    ...more,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    node: process.version,
    at: new Date().toISOString(),
  }
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(result)}\n`)
  else for (const [key, value] of Object.entries(result)) process.stdout.write(`${key}: ${value}\n`)
  if (ratio < line.floor) process.exitCode = 1
}
