import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * What the run without a mutant showed of the tests, kept for the other processes of a run: the file and the
 * seconds of each, and of each source file how much each test weighs there.
 */
const FILE = `${process.env.MUTATE_RESULTS}-tests.json`
const INSTRUMENTED = /stryMutAct_\w+\("(\d+)"\)/g

let known

export function knownTests() {
  known ??= JSON.parse(readFileSync(FILE, 'utf8'))
  return known
}

export function writeKnownTests({ tests, mutantCoverage }, sources) {
  const fileOf = {}
  const seconds = {}
  for (const { id, fileName, timeSpentMs } of tests) {
    fileOf[id] = inSandbox(fileName)
    seconds[id] = timeSpentMs / 1_000
  }
  const weights = Object.fromEntries(
    sources.map((source) => [inSandbox(source), weightsOf(source, mutantCoverage.perTest)]),
  )
  writeFileSync(FILE, JSON.stringify({ fileOf, seconds, weights }))
}

/** A path of the copy that Stryker works in, as it is in the project. */
export function inSandbox(file) {
  return relative(process.cwd(), file)
}

/** Of each test that reaches mutants of the source file: of each of them its share, if all who reach it share alike. */
function weightsOf(source, perTest) {
  const weights = {}
  for (const [, id] of readFileSync(source, 'utf8').matchAll(INSTRUMENTED)) {
    const reaching = Object.keys(perTest).filter((test) => perTest[test][id] !== undefined)
    for (const test of reaching) weights[test] = (weights[test] ?? 0) + 1 / reaching.length
  }
  return weights
}
