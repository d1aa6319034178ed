import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '../../config/tasks/postgres-server.mjs'
import { type Engine, embedded, onServer, onSmallDisk } from './engines'
import { report } from './report'
import { mountSmallDisk } from './small-disk'
import { storm } from './storm'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
const DATABASE_PORT = 54_333
const HOST_PORT = 7_500
const SMALL_DISK_PORT = 54_334
/** The embedded database starts slowly and is for one machine, and a full disk lasts: they are spared the long run. */
const FEWER_ROUNDS = 20
/** Room for the town, and for some of its log. */
const SMALL_DISK_MEGABYTES = 192
const SMALL_LOG = ['max_wal_size=32MB', 'min_wal_size=32MB']

const tell = (line: string) => void process.stdout.write(`${line}\n`)

async function main(): Promise<boolean> {
  const rounds = Number(values.rounds)
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-kill-'))
  const server = await startPostgres(DATABASE_PORT)
  if (server === undefined) throw new Error('no PostgreSQL server can be had on this machine')
  try {
    let port = HOST_PORT
    const holds = async (engine: Engine, many: number): Promise<boolean> => {
      port += 1
      return report(await storm(engine, { rounds: many, port, folder, tell }), tell)
    }
    const fewer = Math.min(rounds, FEWER_ROUNDS)
    const all = [
      await holds(onServer(server), rounds),
      await holds(embedded(join(folder, 'database')), fewer),
      await withSmallDisk((engine) => holds(engine, fewer)),
    ]
    return all.every((isWell) => isWell)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function withSmallDisk(work: (engine: Engine) => Promise<boolean>): Promise<boolean> {
  const disk = mountSmallDisk(SMALL_DISK_MEGABYTES)
  if (disk === undefined) {
    tell('a full disk was not tried: only root on Linux can mount a small one')
    return true
  }
  try {
    const server = await startPostgres(SMALL_DISK_PORT, {
      under: disk.folder,
      initdb: ['--wal-segsize=1'],
      settings: SMALL_LOG,
    })
    if (server === undefined) throw new Error('no PostgreSQL server can be had on this machine')
    try {
      return await work(onSmallDisk(server, disk))
    } finally {
      await server.stop()
    }
  } finally {
    disk.remove()
  }
}

main().then(
  (isWell) => process.exit(isWell ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  },
)
