import { createHash } from 'node:crypto'
import type { Judge } from './judges'
import { keep, recall } from './kept'
import { labelOf, type Mutant } from './mutants'
import { runJest } from './run-jest'
import type { Server } from './server'

/** invalid: the database does not take it, so there is nothing to find. */
export type Verdict = { status: 'killed' | 'timed out' | 'survived' | 'invalid'; by?: string }

/** A mutant is slow for good when its judges take so many times as long as without it. */
const TIMES_LONGER = 4
const AT_LEAST_S = 90
/** How many mutants of this run each file found. */
const found = new Map<string, number>()

/**
 * Makes a database with the mutant in it and has the files judge it, first those that found most so far. What was
 * found before counts as long as nothing changed that it was found by.
 */
export async function judgeMutant(
  server: Server,
  { base, name }: { base: string; name: string },
  { mutant, judges }: { mutant: Mutant; judges: readonly Judge[] },
): Promise<Verdict> {
  const key = keyOf(mutant)
  const files = judges.map(({ file }) => file)
  const known = recall<Verdict>(key)
  if (known?.isOld === false && isWhole(known.value, known.files, files)) return known.value
  const timesFound = (file: string) => found.get(file) ?? 0
  const inOrder = [...files].sort((one, other) => timesFound(other) - timesFound(one))
  await server.create(name, base)
  try {
    const verdict: Verdict = (await isTaken(server, name, mutant.sql))
      ? await verdictOf(server, name, { files: inOrder, seconds: secondsOf(judges) })
      : { status: 'invalid' }
    if (verdict.by !== undefined) found.set(verdict.by, timesFound(verdict.by) + 1)
    keep(key, verdict.by === undefined ? files : [verdict.by], verdict)
    return verdict
  } finally {
    await server.drop(name)
  }
}

/** One that survived has to be judged by all that can judge it now. */
function isWhole(verdict: Verdict, by: readonly string[], files: readonly string[]): boolean {
  return verdict.by === undefined ? files.every((file) => by.includes(file)) : true
}

function keyOf(mutant: Mutant): string {
  const hash = createHash('sha256').update(mutant.sql).digest('hex').slice(0, 16)
  return `${labelOf(mutant)} ${hash}`
}

async function isTaken(server: Server, name: string, sql: string): Promise<boolean> {
  return server.within(name, (database) =>
    database
      .session((session) => session.script(sql))
      .then(
        () => true,
        () => false,
      ),
  )
}

function secondsOf(judges: readonly Judge[]): number {
  return judges.reduce((sum, { seconds }) => sum + seconds, 0)
}

async function verdictOf(
  server: Server,
  name: string,
  { files, seconds }: { files: readonly string[]; seconds: number },
): Promise<Verdict> {
  if (files.length === 0) return { status: 'survived' }
  const longestMs = 1_000 * Math.max(AT_LEAST_S, TIMES_LONGER * seconds)
  const run = await runJest(files, { url: server.url, template: name }, longestMs)
  if (run.timedOut) return { status: 'timed out' }
  return run.failed === undefined ? { status: 'survived' } : { status: 'killed', by: run.failed }
}
