import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '../../config/tasks/postgres-server.mjs'
import { type Engine, embedded, onServer } from './engines'
import { report } from './report'
import { storm } from './storm'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
const DATABASE_PORT = 54_333
const HOST_PORT = 7_500
/** The embedded database starts slowly and is for one machine: it is spared the long run. */
const EMBEDDED_ROUNDS_MAX = 20

const tell = (line: string) => void process.stdout.write(`${line}\n`)

async function main(): Promise<boolean> {
  const rounds = Number(values.rounds)
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-kill-'))
  const server = await startPostgres(DATABASE_PORT)
  if (server === undefined) throw new Error('no PostgreSQL server can be had on this machine')
  try {
    const weather: [Engine, number][] = [
      [onServer(server), rounds],
      [embedded(join(folder, 'database')), Math.min(rounds, EMBEDDED_ROUNDS_MAX)],
    ]
    let isWell = true
    for (const [index, [engine, many]] of weather.entries()) {
      const settings = { rounds: many, port: HOST_PORT + index, folder, tell }
      isWell = report(await storm(engine, settings), tell) && isWell
    }
    return isWell
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

main().then(
  (isWell) => process.exit(isWell ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  },
)
