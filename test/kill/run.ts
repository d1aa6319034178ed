import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { statement } from '../../src/cloud/postgres/database'
import { openEmbeddedDatabase } from '../../src/cloud/postgres/embedded-database'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { type Engine, storm } from './storm'

const FIRST_PORT = 7_500
const BACKENDS = statement(
  'kill-backends',
  `select pid from pg_stat_activity where datname is not null and pid <> pg_backend_pid()`,
)

function embedded(folder: string): Engine {
  return {
    name: 'embedded',
    open: () => openEmbeddedDatabase(folder),
    environment: { HOST_FOLDER: folder },
  }
}

/** On a server half of the rounds kill one of its backends, too, which sends it into recovery. */
function server(url: string): Engine {
  const open = async () => openServerDatabase({ url, connections: 2 })
  return {
    name: 'server',
    open,
    environment: { HOST_FOLDER: '', DATABASE_URL: url },
    hurt: async () => {
      const database = await open()
      const [backend] = await database.run<{ pid: number }>(BACKENDS)
      await database.close()
      if (backend !== undefined) process.kill(backend.pid, 'SIGKILL')
      await recovered(open)
    },
  }
}

async function recovered(open: Engine['open']): Promise<void> {
  for (let time = 0; time < 100; time += 1) {
    const database = await open()
    const isUp = await database.run(statement('kill-up', 'select 1 as up')).then(
      () => true,
      () => false,
    )
    await database.close()
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the server did not recover within 10 s')
}

async function main(): Promise<void> {
  const at = process.argv.indexOf('--rounds')
  const rounds = at < 0 ? 20 : Number(process.argv[at + 1])
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-kill-'))
  const engines = [embedded(join(folder, 'database')), server(process.env.KILL_DATABASE_URL ?? '')]
  for (const [index, engine] of engines.entries()) {
    const result = await storm(engine, rounds, FIRST_PORT + index)
    process.stdout.write(`${JSON.stringify(result)}\n`)
    const wrong = [
      result.lost,
      result.doubled,
      result.receiptsMissing,
      result.billsNotCredited,
      result.ledger,
    ]
    if (result.rounds < rounds || wrong.some((count) => count !== 0)) process.exitCode = 1
  }
  rmSync(folder, { recursive: true, force: true })
  process.stdout.write(
    process.exitCode === 1
      ? 'money was lost, doubled or miscounted\n'
      : 'nothing lost, nothing doubled, ledger at zero\n',
  )
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  },
)
