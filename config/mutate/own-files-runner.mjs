import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner'
import { dryRunOnce } from './dry-run.mjs'
import { judgedOnce } from './judged-once.mjs'

/**
 * Stryker's runner for Jest picks the tests that reach a mutant by their names, in every test file.
 * This one has Jest open only the files that hold them, the quickest first. Where many tests reach a
 * mutant it is judged by MUTATE_TESTS_AT_MOST of them: those that reach most of what few others reach in
 * the same source file. A mutant that no test is known for, because it is in what runs while a file
 * loads, is judged by the tests that reach the other mutants of its source file. What was judged is
 * kept at once, so that a run that is cut off goes on where it was.
 */
const KNOWN_TESTS = `${process.env.MUTATE_RESULTS}-tests.json`
const TESTS_AT_MOST = Number(process.env.MUTATE_TESTS_AT_MOST ?? 1_000)
const INSTRUMENTED = /stryMutAct_\w+\("(\d+)"\)/g

const [{ factory: jestFactory }] = jestPlugins
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'own-files', ownFiles)]

ownFiles.inject = jestFactory.inject
function ownFiles(...injected) {
  const jest = jestFactory(...injected)
  let known
  return {
    init: () => jest.init(),
    capabilities: () => jest.capabilities(),
    dryRun: async (options) => {
      delete process.env.MUTATE_ORDER
      const result = await dryRunOnce(() => jest.dryRun(options))
      if (result.status === 'complete') write(result, options.files ?? [])
      return result
    },
    mutantRun: ({ testFilter, ...options }) => {
      known ??= JSON.parse(readFileSync(KNOWN_TESTS, 'utf8'))
      const weights = known.weights[inSandbox(options.sandboxFileName)] ?? {}
      const tests = weightiest(weights, testFilter ?? Object.keys(weights))
      const order = quickestFirst(
        known,
        tests.map((test) => known.fileOf[test]),
      )
      process.env.MUTATE_ORDER = order.join(',')
      return judgedOnce(options.activeMutant, { tests, files: order }, () =>
        jest.mutantRun({ ...options, testFilter: tests }),
      )
    },
  }
}

function weightiest(weights, tests) {
  if (tests.length <= TESTS_AT_MOST) return tests
  const weightOf = (test) => weights[test] ?? 0
  return [...tests].sort((one, other) => weightOf(other) - weightOf(one)).slice(0, TESTS_AT_MOST)
}

function quickestFirst({ seconds }, files) {
  return [...new Set(files)].sort((one, other) => seconds[one] - seconds[other])
}

/** What the run without a mutant showed, for the other processes. */
function write(result, sources) {
  const perTest = result.mutantCoverage.perTest
  const fileOf = {}
  const seconds = {}
  for (const { id, fileName, timeSpentMs } of result.tests) {
    const file = inSandbox(fileName)
    fileOf[id] = file
    seconds[file] = (seconds[file] ?? 0) + timeSpentMs / 1_000
  }
  const weights = Object.fromEntries(
    sources.map((source) => [inSandbox(source), weightsOf(source, perTest)]),
  )
  writeFileSync(KNOWN_TESTS, JSON.stringify({ fileOf, seconds, weights }))
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

function inSandbox(file) {
  return relative(process.cwd(), file)
}
