import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner'
import { dryRunOnce } from './dry-run.mjs'
import { judgedOnce } from './judged-once.mjs'

/**
 * Stryker's runner for Jest picks the tests that reach a mutant by their names, in every test file.
 * This one has Jest open only the files that hold them, the quickest first. Where many tests reach a
 * mutant it is judged by MUTATE_TESTS_AT_MOST of them, from those that reach little else to those
 * that reach much. A mutant that no test is known for, because it is in what runs while a file
 * loads, is judged by the files that reach the mutants of the same source file. What was judged is
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
      const tests = testFilter === undefined ? undefined : drawn(known, testFilter)
      const files =
        tests?.map((test) => known.tests[test].file) ??
        known.filesOfSource[inSandbox(options.sandboxFileName)]
      const order = quickestFirst(known, files ?? [])
      process.env.MUTATE_ORDER = order.join(',')
      return judgedOnce(options.activeMutant, { tests, files: order }, () =>
        jest.mutantRun(tests === undefined ? options : { ...options, testFilter: tests }),
      )
    },
  }
}

/** Evenly from the tests that reach the fewest mutants to those that reach the most. */
function drawn({ tests }, testFilter) {
  if (testFilter.length <= TESTS_AT_MOST) return testFilter
  const byReach = [...testFilter].sort((one, other) => tests[one].reach - tests[other].reach)
  const step = (byReach.length - 1) / (TESTS_AT_MOST - 1)
  return Array.from({ length: TESTS_AT_MOST }, (_, place) => byReach[Math.round(place * step)])
}

function quickestFirst({ seconds }, files) {
  return [...new Set(files)].sort((one, other) => seconds[one] - seconds[other])
}

/** What the run without a mutant showed, for the other processes. */
function write(result, sources) {
  const perTest = result.mutantCoverage.perTest
  const tests = {}
  const seconds = {}
  for (const { id, fileName, timeSpentMs } of result.tests) {
    const file = inSandbox(fileName)
    tests[id] = { file, reach: Object.keys(perTest[id] ?? {}).length }
    seconds[file] = (seconds[file] ?? 0) + timeSpentMs / 1_000
  }
  const filesOfSource = {}
  for (const source of sources) {
    const mutants = [...readFileSync(source, 'utf8').matchAll(INSTRUMENTED)].map(([, id]) => id)
    const reaching = Object.entries(perTest)
      .filter(([, counts]) => mutants.some((id) => counts[id] !== undefined))
      .map(([test]) => tests[test].file)
    filesOfSource[inSandbox(source)] = [...new Set(reaching)]
  }
  writeFileSync(KNOWN_TESTS, JSON.stringify({ tests, seconds, filesOfSource }))
}

function inSandbox(file) {
  return relative(process.cwd(), file)
}
