import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner'

/**
 * Stryker's runner for Jest picks the tests that reach a mutant by their names, in every test file.
 * This one has Jest open only the files that hold them, the quickest first. A mutant that no test
 * is known for, because it is in what runs while a file loads, is judged by the files that reach the
 * mutants of the same source file.
 */
const KNOWN_TESTS = process.env.MUTATE_KNOWN_TESTS ?? ''
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
      const result = await jest.dryRun(options)
      if (result.status === 'complete') write(result, options.files ?? [])
      return result
    },
    mutantRun: (options) => {
      known ??= JSON.parse(readFileSync(KNOWN_TESTS, 'utf8'))
      process.env.MUTATE_ORDER = filesFor(known, options).join(',')
      return jest.mutantRun(options)
    },
  }
}

function filesFor({ fileOfTest, seconds, filesOfSource }, { testFilter, sandboxFileName }) {
  const files =
    testFilter?.map((test) => fileOfTest[test]) ?? filesOfSource[inSandbox(sandboxFileName)] ?? []
  return [...new Set(files)].sort((one, other) => seconds[one] - seconds[other])
}

/** What the run without a mutant showed, for the other processes. */
function write({ tests, mutantCoverage }, sources) {
  const fileOfTest = {}
  const seconds = {}
  for (const { id, fileName, timeSpentMs } of tests) {
    const file = inSandbox(fileName)
    fileOfTest[id] = file
    seconds[file] = (seconds[file] ?? 0) + timeSpentMs / 1_000
  }
  const filesOfSource = {}
  for (const source of sources) {
    const mutants = [...readFileSync(source, 'utf8').matchAll(INSTRUMENTED)].map(([, id]) => id)
    const reaching = Object.entries(mutantCoverage.perTest)
      .filter(([, counts]) => mutants.some((id) => counts[id] !== undefined))
      .map(([test]) => fileOfTest[test])
    filesOfSource[inSandbox(source)] = [...new Set(reaching)]
  }
  mkdirSync(dirname(KNOWN_TESTS), { recursive: true })
  writeFileSync(KNOWN_TESTS, JSON.stringify({ fileOfTest, seconds, filesOfSource }))
}

function inSandbox(file) {
  return relative(process.cwd(), file)
}
