import { statement } from '../../src/cloud/postgres/database'
import { filesIn, keep, recall } from './kept'
import { eachInLanes } from './lanes'
import { runJest } from './run-jest'
import type { Server } from './server'

/** A test file, how long it takes without a mutant, and which SQL functions it reaches. */
export type Judge = { file: string; seconds: number; calls: string[] }

const CALLS = statement(
  'mutate-calls',
  'select distinct funcname as name from pg_stat_user_functions',
)
/** Where the tests of the cloud are that are about money and about the database. */
const FOLDERS = ['audit', 'cli', 'jobs', 'payment', 'postgres', 'reconcile', 'wechat'].map(
  (name) => `test/cloud/${name}`,
)
/** Of the files that need a server: what happens when two write at once. */
const SERVER_JUDGES = ['conflicts', 'decisions-wait'].map(
  (name) => `test/cloud-server/${name}.test.ts`,
)
/** Which function a test calls follows from these, too. */
const SOURCES = filesIn('src/cloud')
const LONGEST_MS = 900_000
/** Here it is tested what the database refuses whoever writes, and what it has to take. */
const SCHEMA_JUDGES = /\/(laws-of-the-schema|core-and-sql|refunds|what-[\w-]+)\.test\.ts$/

/** Runs each file once without a mutant, and hears from the server what each called. */
export async function findJudges(
  server: Server,
  template: string,
  tell: (line: string) => void,
): Promise<Judge[]> {
  const files = [...FOLDERS.flatMap(testFiles), ...SERVER_JUDGES]
  const judges = await eachInLanes(files, async (file) => {
    const known = recall<Judge>(`judge ${file}`)
    const judge = known?.isOld === false ? known.value : await measure(server, template, file)
    keep(`judge ${file}`, [file, ...SOURCES], judge)
    tell(`${file}: ${judge.calls.length} functions in ${judge.seconds.toFixed(1)} s`)
    return judge
  })
  return judges.sort((one, other) => one.seconds - other.seconds)
}

/** The files that can find a mutant, the quickest first. */
export function judgesOf(judges: readonly Judge[], calls: readonly string[] | undefined): Judge[] {
  return judges.filter((judge) =>
    calls === undefined
      ? SCHEMA_JUDGES.test(judge.file)
      : calls.some((name) => judge.calls.includes(name)),
  )
}

async function measure(server: Server, template: string, file: string): Promise<Judge> {
  const run = await runJest([file], { url: server.url, template, keepDatabases: true }, LONGEST_MS)
  if (run.failed !== undefined || run.timedOut)
    throw new Error(`${file} fails without any mutant, so it can judge none`)
  const calls = new Set<string>()
  for (const name of await server.named(`test_${run.pid}_`)) {
    const rows = await server.within(name, (database) => database.run<{ name: string }>(CALLS))
    for (const row of rows) calls.add(row.name)
    await server.drop(name)
  }
  return { file, seconds: run.seconds, calls: [...calls].sort() }
}

function testFiles(folder: string): string[] {
  return filesIn(folder).filter((name) => name.endsWith('.test.ts'))
}
