import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner'
import { dryRunOnce } from './dry-run.mjs'
import { judgedOnce } from './judged-once.mjs'
import { inSandbox, knownTests } from './known-tests.mjs'

/**
 * Stryker's runner for Jest picks the tests that reach a mutant by their names, in every test file.
 * This one has Jest open only the files that hold them, the quickest first. A mutant that no test is known
 * for, because it is in what runs while a file loads, is judged by all tests of the files in which one reaches
 * another mutant of its source file.
 */
const [{ factory: jestFactory }] = jestPlugins
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'own-files', ownFiles)]

ownFiles.inject = jestFactory.inject
function ownFiles(...injected) {
  const jest = jestFactory(...injected)
  return {
    init: () => jest.init(),
    capabilities: () => jest.capabilities(),
    dryRun: (options) => {
      delete process.env.MUTATE_ORDER
      return dryRunOnce(options, () => jest.dryRun(options))
    },
    mutantRun: (options) =>
      judgedOnce(options.activeMutant, () => {
        const { weights } = knownTests()
        const reaching = Object.keys(weights[inSandbox(options.sandboxFileName)] ?? {})
        process.env.MUTATE_ORDER = quickestFirst(options.testFilter ?? reaching).join(',')
        return jest.mutantRun(options)
      }),
  }
}

/** The files of the tests. */
function quickestFirst(tests) {
  const { fileOf, seconds } = knownTests()
  const files = {}
  for (const test of tests) files[fileOf[test]] = (files[fileOf[test]] ?? 0) + seconds[test]
  return Object.keys(files).sort((one, other) => files[one] - files[other])
}
