import { spawn } from 'node:child_process'

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
  const startedAt = Date.now()
  // With --bail Jest ends at the first file that fails, and writes no report: what it tells is read.
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
        FORCE_COLOR: '0',
      },
    },
  )
  let told = ''
  child.stderr.on('data', (piece: Buffer) => {
    told += piece.toString()
  })
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    child.kill('SIGKILL')
  }, longestMs)
  const ended = await new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code ?? ''))
  })
  clearTimeout(timer)
  const failed = timedOut || ended === 0 ? undefined : failedFile(told)
  if (!timedOut && failed === undefined && !/^Tests: .*\d passed/m.test(told))
    throw new Error(`no test was run, Jest ended with ${ended}: ${told}`)
  return { pid: child.pid ?? 0, seconds: (Date.now() - startedAt) / 1_000, failed, timedOut }
}

function failedFile(told: string): string | undefined {
  return /^FAIL \S+ (\S+)/m.exec(told)?.[1]
}
