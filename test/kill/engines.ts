import pg from 'pg'
import type { PostgresServer } from '../../config/tasks/postgres-server.mjs'
import type { Database } from '../../src/cloud/postgres/database'
import { openEmbeddedDatabase } from '../../src/cloud/postgres/embedded-database'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import type { KillableHost } from './killable-host'
import { pause } from './pause'
import type { SmallDisk } from './small-disk'

/** Something that is broken; gives the moment from which on all is to mend by itself. */
export type Trouble = {
  name: string
  /** It was the database that was away. */
  isOfDatabase: boolean
  strike: (host: KillableHost) => Promise<{ mendsFrom: number }>
}

export type Engine = {
  name: string
  open: () => Promise<Database>
  environment: Record<string, string>
  /** What is done to it, in turn. */
  troubles: readonly Trouble[]
}

/** The database is in the host and dies with it. */
export function embedded(folder: string): Engine {
  return {
    name: 'embedded',
    open: () => openEmbeddedDatabase(folder),
    environment: { HOST_FOLDER: folder },
    troubles: [{ ...killHost, name: 'host and database', isOfDatabase: true }],
  }
}

/** A server of its own, and the host beside it: each is killed alone, and both at once. */
export function onServer(server: PostgresServer): Engine {
  const killServer = async () => {
    await server.kill()
    const mendsFrom = Date.now()
    await server.start()
    return { mendsFrom }
  }
  return {
    name: 'server',
    ...reached(server),
    troubles: [
      killHost,
      { name: 'server', isOfDatabase: true, strike: killServer },
      {
        name: 'one process of the server',
        isOfDatabase: true,
        strike: () => killOneProcess(server.url),
      },
      {
        name: 'server and host',
        isOfDatabase: true,
        strike: async (host) => {
          await host.kill()
          const struck = await killServer()
          await host.start()
          return struck
        },
      },
    ],
  }
}

/** For so long nothing more can be written; what the server frees meanwhile is filled, too. */
const FULL_MS = 3_000

/** A server whose disk is full now and then: writes are refused, or it ends, and cannot come back before there is room. */
export function onSmallDisk(server: PostgresServer, disk: SmallDisk): Engine {
  const strike = async () => {
    const until = Date.now() + FULL_MS
    let wasFelt = false
    while (Date.now() < until) {
      disk.fill()
      wasFelt ||= !(await canWrite(server.url))
      await pause(50)
    }
    disk.empty()
    if (!wasFelt) throw new Error('the disk was full, and something could be written')
    const mendsFrom = Date.now()
    if (!server.isRunning()) await server.start()
    return { mendsFrom }
  }
  return {
    name: 'server on a small disk',
    ...reached(server),
    troubles: [{ name: 'a full disk', isOfDatabase: true, strike }],
  }
}

/** Whether some pages can be written now. */
async function canWrite(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(
      `create temporary table pages as select repeat('page', 2000) from generate_series(1, 100)`,
    )
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** How the founder, the judge and the host come to the server. */
export function reached({ url }: PostgresServer): Pick<Engine, 'open' | 'environment'> {
  return {
    // Founding a town is many small writes, which reach the disk with the first of the host's.
    open: async () =>
      openServerDatabase({
        url: `${url}?options=-c%20synchronous_commit%3Doff`,
        connections: 4,
      }),
    environment: { HOST_FOLDER: '', DATABASE_URL: url },
  }
}

const killHost: Trouble = {
  name: 'host',
  isOfDatabase: false,
  strike: async (host) => {
    await host.kill()
    const mendsFrom = Date.now()
    await host.start()
    return { mendsFrom }
  },
}

/** One of those that serve a connection: the server ends all the others and recovers by itself. */
async function killOneProcess(url: string): Promise<{ mendsFrom: number }> {
  const client = new pg.Client({ connectionString: url })
  // This connection ends with the others.
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()
     order by random() limit 1`,
  )
  const [backend] = rows
  if (backend === undefined) throw new Error('the host has no connection')
  process.kill(backend.pid, 'SIGKILL')
  const mendsFrom = Date.now()
  await client.end().catch(() => undefined)
  return { mendsFrom }
}
