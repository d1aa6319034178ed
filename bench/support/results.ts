import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'

const FILE = 'bench/results.json'

export type Result = {
  name: string
  /** What was measured, in a few words, and against what. */
  product: string
  yardstick: string
  ratio: number
  floor: number
  goal: number
  [more: string]: unknown
}

/** Prints the one line of a benchmark; below its floor the command fails. A full run is kept. */
export function tell(result: Result, isFull: boolean): void {
  const line = {
    ...result,
    ratio: Number(result.ratio.toFixed(2)),
    holds: result.ratio >= result.floor,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    node: process.version,
    commit: commit(),
    at: new Date().toISOString(),
  }
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(line)}\n`)
  else for (const [key, value] of Object.entries(line)) process.stdout.write(`${key}: ${value}\n`)
  if (isFull) keep(line)
  if (!line.holds) process.exitCode = 1
}

function keep(line: { name: string }): void {
  const kept = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as object) : {}
  writeFileSync(FILE, `${JSON.stringify({ ...kept, [line.name]: line }, null, 2)}\n`)
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim()
}
