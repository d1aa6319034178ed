import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

/** Of what Jest tells when it cannot run, the end. */
const TOLD_AT_MOST = 2_000

export type JestRun = {
  /** Of the process, which names its databases after itself. */
  pid: number
  seconds: number
  /** The file whose test failed first; undefined when all passed. */
  failed: string | undefined
  timedOut: boolean
}

/**
 * Runs test files of the cloud in this order, each on copies of the database `template` of the
 * server, until a test fails or the time is up.
 */
export async function runJest(
  files: readonly string[],
  on: { url: string; template: string; keepDatabases?: boolean },
  longestMs: number,
): Promise<JestRun> {
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-mutate-'))
  const output = join(folder, 'results.json')
  const startedAt = Date.now()
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      'node_modules/jest/bin/jest.js',
      '--config=config/mutate/jest-cloud.cjs',
      '--runInBand',
      '--bail',
      '--forceExit',
      '--json',
      `--outputFile=${output}`,
      '--runTestsByPath',
      ...files,
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        TEST_ENGINE: 'server',
        TEST_DATABASE_URL: on.url,
        TEST_TEMPLATE: on.template,
        ...(on.keepDatabases === true ? { TEST_KEEP_DATABASES: '1' } : {}),
        MUTATE_ORDER: files.join(','),
      },
    },
  )
  let told = ''
  child.stderr.on('data', (piece: Buffer) => {
    told = (told + piece.toString()).slice(-TOLD_AT_MOST)
  })
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    child.kill('SIGKILL')
  }, longestMs)
  const ended = await new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}: ${told}`))
  })
  clearTimeout(timer)
  try {
    const failed = timedOut ? undefined : failedFile(output, ended)
    return { pid: child.pid ?? 0, seconds: (Date.now() - startedAt) / 1_000, failed, timedOut }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Report = { testResults: { name: string; status: 'passed' | 'failed' }[] }

/** Throws when there is no report: then nothing was judged. */
function failedFile(output: string, ended: string): string | undefined {
  if (!existsSync(output)) throw new Error(`no test was run, Jest ${ended}`)
  const report = JSON.parse(readFileSync(output, 'utf8')) as Report
  if (report.testResults.length === 0) throw new Error(`no test was run, Jest ${ended}`)
  const failed = report.testResults.find(({ status }) => status === 'failed')
  return failed === undefined ? undefined : relative(process.cwd(), failed.name)
}
