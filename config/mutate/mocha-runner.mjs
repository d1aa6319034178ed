import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import { createMochaTestRunner } from '@stryker-mutator/mocha-runner'
import { dryRunOnce } from './dry-run.mjs'
import { judgedOnce } from './judged-once.mjs'
import { inSandbox, knownTests } from './known-tests.mjs'
import clock from './test-clock.cjs'

/**
 * Stryker's runner for Mocha loads the tests once for all mutants. This one has a mutant judged first by the
 * tests of the file that is called as its source file is, then by some of the others that reach it,
 * MUTATE_TESTS_AT_MOST in all: those that found most mutants of the same source file so far; after them, histories
 * by turns with tests, those that in a second reach most of what few others reach in it. A test that fails has to
 * pass right afterwards without the mutant; otherwise what is left from before is to blame, and the
 * process is started anew.
 */
const AT_MOST = Number(process.env.MUTATE_TESTS_AT_MOST)
/** Most mutants are found by one of so few that the others need not be begun. */
const FIRST = 3
const HISTORIES = /histories/
/**
 * Reached so often, and five times as often as in all tests together, a mutant has made a loop without an end;
 * Stryker would wait for a hundred times.
 */
const LOOP = { hits: 10_000, ofStrykers: 0.05 }
/** No mutant is called so. */
const NONE = 'none'

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'few-tests', fewTests)]

fewTests.inject = createMochaTestRunner.inject
function fewTests(...injected) {
  const mocha = createMochaTestRunner(...injected)
  /** Of each source file: how many of its mutants each test found. */
  const found = {}

  async function judge(options) {
    const source = inSandbox(options.sandboxFileName)
    found[source] ??= {}
    const hitLimit = loopFrom(options.hitLimit)
    for (const testFilter of byTurns(source, options.testFilter, found[source])) {
      const result = await mocha.mutantRun({ ...options, hitLimit, testFilter })
      if (result.status === 'killed') {
        if (options.mutantActivation === 'runtime') await expectSound(options, result.killedBy)
        for (const test of result.killedBy) found[source][test] = (found[source][test] ?? 0) + 1
      }
      if (result.status !== 'survived') return result
    }
    return { status: 'survived', nrOfTests: 0 }
  }

  async function expectSound(options, testFilter) {
    const without = { ...options.activeMutant, id: NONE }
    const result = await mocha.mutantRun({
      ...options,
      testFilter,
      activeMutant: without,
      hitLimit: undefined,
    })
    if (result.status !== 'survived')
      throw new Error(`${testFilter.join(', ')} fails without a mutant: ${JSON.stringify(result)}`)
  }

  async function judgeByTheClock(options, mutant) {
    clock.judges(mutant)
    try {
      return await judge(options)
    } finally {
      clock.judges(undefined)
    }
  }

  return {
    init: () => mocha.init(),
    capabilities: () => mocha.capabilities(),
    dryRun: (options) => dryRunOnce(options, () => mocha.dryRun(options)),
    mutantRun: (options) =>
      judgedOnce(options.activeMutant, (mutant) => judgeByTheClock(options, mutant)),
    dispose: () => mocha.dispose(),
  }
}

function loopFrom(strykers) {
  return strykers && Math.min(strykers, Math.max(LOOP.hits, Math.ceil(strykers * LOOP.ofStrykers)))
}

/**
 * Tests for a mutant of the source file, a few at a time; where it is not known which reach it,
 * those that reach others of it.
 */
function byTurns(source, reaching, found) {
  const { seconds, fileOf, weights } = knownTests()
  const weightOf = weights[source] ?? {}
  const worth = (test) => (weightOf[test] ?? 0) / seconds[test]
  const tests = (reaching ?? Object.keys(weightOf)).sort((one, other) => worth(other) - worth(one))
  const isNamesake = (test) => nameOf(fileOf[test]) === nameOf(source)
  const others = tests.filter((test) => !isNamesake(test))
  const finders = others.filter((test) => found[test] > 0)
  finders.sort((one, other) => found[other] - found[one])
  const left = others.filter((test) => !finders.includes(test))
  const histories = left.filter((test) => HISTORIES.test(fileOf[test]))
  const towns = left.filter((test) => !HISTORIES.test(fileOf[test]))
  const drawn = [...finders, ...zipped(towns, histories)].slice(0, AT_MOST)
  const turns = [tests.filter(isNamesake), drawn.slice(0, FIRST), drawn.slice(FIRST)]
  return turns.filter((some) => some.length > 0)
}

/** post-item of src/cloud/use-cases/post-item.ts, and of test/cloud/payment/post-item.test.ts. */
function nameOf(file) {
  return /([^/.]+)[^/]*\.ts$/.exec(file)?.[1]
}

function zipped(some, others) {
  const longest = Math.max(some.length, others.length)
  return Array.from({ length: longest }, (_, place) =>
    [some, others].flatMap((list) => list.slice(place, place + 1)),
  ).flat()
}
