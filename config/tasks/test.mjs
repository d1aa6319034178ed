import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWhenStale } from './build-miniapp.mjs'
import { findChromium } from './find-chromium.mjs'
import { startPostgres } from './postgres-server.mjs'

/**
 * Every suite in turn, each with its count held against test/minimums.json, then the sum alone on
 * the last line. `npm test -- core cloud` runs the named suites only.
 */
const MINIMUMS = JSON.parse(readFileSync('test/minimums.json', 'utf8'))
const NEED_BUILDS = ['stand', 'journeys']
const NEED_CHROMIUM = ['speed', 'journeys']
const wanted = process.argv.slice(2)
const suites = Object.keys(MINIMUMS).filter((name) => wanted.length === 0 || wanted.includes(name))
const results = mkdtempSync(join(tmpdir(), 'wanjia-tests-'))
const totals = { passed: 0, failed: 0 }
const leftOut = []

const own = suites.includes('cloud-server') && process.env.TEST_DATABASE_URL === undefined
// Nothing on it outlives the run.
const server = own ? await startPostgres(undefined, { settings: ['fsync=off'] }) : undefined
const databaseUrl = process.env.TEST_DATABASE_URL ?? server?.url
const chromium = suites.some((suite) => NEED_CHROMIUM.includes(suite)) ? findChromium() : undefined
for (const suite of suites) {
  const lacks = whatLacks(suite)
  if (lacks !== undefined) {
    leftOut.push(`${suite}: ${lacks} can be had on this machine`)
    continue
  }
  // Several files open the same builds: they are made once, before.
  if (NEED_BUILDS.includes(suite)) {
    for (const platform of ['weapp', 'h5']) await buildWhenStale(platform)
  }
  runSuite(suite)
}
await server?.stop()
for (const line of leftOut) process.stdout.write(`left out: ${line}\n`)
if (leftOut.length > 0 && process.env.CI !== undefined) totals.failed += leftOut.length
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`)
process.exitCode = totals.failed === 0 ? 0 : 1

function whatLacks(suite) {
  if (suite === 'cloud-server' && databaseUrl === undefined) return 'no PostgreSQL server'
  return NEED_CHROMIUM.includes(suite) && chromium === undefined ? 'no Chromium' : undefined
}

function runSuite(suite) {
  const output = join(results, `${suite}.json`)
  const engine =
    suite === 'cloud-server' ? { TEST_ENGINE: 'server', TEST_DATABASE_URL: databaseUrl } : {}
  spawnSync(
    process.execPath,
    [
      // PGlite imports its modules while it runs, which Jest allows only with this flag.
      '--experimental-vm-modules',
      '--no-warnings',
      'node_modules/jest/bin/jest.js',
      '--config=jest.config.cjs',
      `--selectProjects=${suite}`,
      '--json',
      `--outputFile=${output}`,
      '--silent=false',
      // A town and a stand are whole worlds: more of them at once than cores only slows them down.
      '--maxWorkers=2',
      '--forceExit',
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        ...engine,
        ...(chromium === undefined ? {} : { CHROME_PATH: chromium }),
      },
      timeout: 1_200_000,
    },
  )
  const counted = count(output)
  const short =
    counted.passed < MINIMUMS[suite] ? ` (at least ${MINIMUMS[suite]} were expected)` : ''
  if (short !== '') counted.failed += 1
  totals.passed += counted.passed
  totals.failed += counted.failed
  process.stdout.write(`${suite}: ${counted.passed} passed, ${counted.failed} failed${short}\n`)
}

function count(output) {
  try {
    const report = JSON.parse(readFileSync(output, 'utf8'))
    const unrun = report.numPendingTests + report.numTodoTests
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + report.numRuntimeErrorTestSuites + unrun,
    }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
