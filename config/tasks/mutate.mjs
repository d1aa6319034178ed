import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { printScores, sqlResult, strykerResult } from '../mutate/scores.mjs'
import { startPostgres } from './postgres-server.mjs'

/**
 * `npm run mutate [-- core use-cases sql --listed]`: small mistakes, one at a time, in the pure rules, in the
 * use cases that move money and in the SQL; counts those that a test finds. Only what changed since
 * the last run is judged anew, and what is listed as not to be found counts so; `--listed` has it tried, too.
 * Ends with a table of scores, and with 1 below a floor or when a mistake that nothing finds is not listed
 * with its reason.
 */
const PORT = 54_339
/** Kept from one run to the next; git ignores it. */
const RESULTS = '.cache/mutate'
const PARTS = { core: judgeCore, 'use-cases': judgeUseCases, sql: judgeSql }
/** The databases are thrown away: nothing has to outlive a loss of power. */
const FORGETFUL = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
const isListedTried = process.argv.includes('--listed')
const wanted = process.argv.slice(2).filter((word) => word !== '--listed')
const parts = Object.keys(PARTS).filter((part) => wanted.length === 0 || wanted.includes(part))

const needsServer = parts.includes('sql')
const server = needsServer
  ? await startPostgres(PORT, { settings: [...FORGETFUL, 'track_functions=all'] })
  : undefined
if (needsServer && server === undefined) {
  process.stdout.write('no PostgreSQL server can be had on this machine\n')
  process.exit(1)
}
const lanes = process.env.MUTATE_LANES ?? String(Math.min(2, availableParallelism()))
const env = {
  ...process.env,
  MUTATE_LANES: lanes,
  MUTATE_DATABASE_URL: server?.url ?? '',
  ...(isListedTried ? { MUTATE_LISTED: 'yes' } : {}),
}
mkdirSync(RESULTS, { recursive: true })
try {
  const results = parts.map((part) => ({ part, ...timed(PARTS[part]) }))
  process.exitCode = printScores(results) ? 0 : 1
} finally {
  await server?.stop()
}

function judgeCore() {
  return stryker('core', {})
}

function judgeUseCases() {
  return stryker('use-cases', { MUTATE_TESTS_AT_MOST: '40' })
}

function judgeSql() {
  const more = { TEST_KEYS: `${process.cwd()}/${RESULTS}/keys.json` }
  run(['--import', 'tsx', 'test/mutate/make-base.ts'], more)
  run(['--import', 'tsx', 'test/mutate/run.ts'], more)
  return sqlResult()
}

function stryker(part, more) {
  const program = 'node_modules/@stryker-mutator/core/bin/stryker.js'
  const results = { MUTATE_RESULTS: `${process.cwd()}/${RESULTS}/${part}` }
  run([program, 'run', `config/mutate/${part}.mjs`], { ...results, ...more })
  return strykerResult(part)
}

function timed(judge) {
  const startedAt = Date.now()
  return { ...judge(), minutes: (Date.now() - startedAt) / 60_000 }
}

function run(command, more = {}) {
  const { status } = spawnSync(process.execPath, command, {
    stdio: 'inherit',
    env: { ...env, ...more },
  })
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}`)
}
