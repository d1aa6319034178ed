import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What every throw-away server has. */
const SETTINGS = ['max_connections=100', 'shared_buffers=128MB']
/** As long as a start may take, the recovery after a crash included. */
const START_MS = 30_000

/**
 * A throw-away PostgreSQL server in a temporary folder: found on the machine, else installed from
 * Debian's packages when root. PostgreSQL refuses to run as root, so it runs as an ordinary user.
 * Gives undefined where the machine can have none. `under` is where its folder is made; `initdb` and
 * `settings` are further options of its programs.
 */
export async function startPostgres(
  port = 54_329,
  { under = tmpdir(), initdb = [], settings = [] } = {},
) {
  const bin = findBin() ?? installBin()
  if (bin === undefined) return undefined
  const folder = mkdtempSync(join(under, 'wanjia-postgres-'))
  const user = process.getuid() === 0 ? ordinaryUser() : undefined
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const as = user === undefined ? {} : { uid: user.uid, gid: user.gid }
  const data = join(folder, 'data')
  const quiet = { stdio: 'ignore', cwd: folder, env: { ...process.env, HOME: folder }, ...as }
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'wanjia', '-A', 'trust', '-E', 'UTF8', '--no-locale', ...initdb],
    quiet,
  )
  const given = ['listen_addresses=127.0.0.1', ...SETTINGS, ...settings]
  const options = ['-D', data, '-p', String(port), '-k', folder].concat(
    given.flatMap((setting) => ['-c', setting]),
  )
  const url = `postgres://wanjia@127.0.0.1:${port}/postgres`
  // One that an earlier run left behind would answer for ours.
  if (await isAnswering(url)) throw new Error(`another server answers at port ${port}`)
  let server
  const start = async () => {
    const until = Date.now() + START_MS
    while (Date.now() < until) {
      // One that finds processes of a killed server still there gives up at once.
      if (!isRunning(server)) server = spawn(join(bin, 'postgres'), options, quiet)
      if (await isAnswering(url)) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error(`PostgreSQL did not start within ${START_MS / 1_000} s`)
  }
  await start()
  return {
    url,
    folder,
    owner: user,
    start,
    isRunning: () => isRunning(server),
    kill: () => ended(server, () => killAll(server.pid)),
    stop: async () => {
      await ended(server, () => server.kill('SIGINT'))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function isRunning(server) {
  return server !== undefined && server.exitCode === null && server.signalCode === null
}

async function ended(server, by) {
  if (!isRunning(server)) return
  const gone = new Promise((resolve) => server.once('exit', resolve))
  by()
  await gone
}

/** The server first, so that it starts no other. Without /proc its processes see by themselves that it is gone. */
function killAll(pid) {
  for (const one of [pid, ...childrenOf(pid)]) {
    try {
      process.kill(one, 'SIGKILL')
    } catch {
      // It ended by itself.
    }
  }
}

function childrenOf(pid) {
  if (!existsSync('/proc/self/stat')) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number)
}

/** The second field behind the program's name, which stands in brackets. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

function findBin() {
  const installed = '/usr/lib/postgresql'
  const versions = existsSync(installed)
    ? readdirSync(installed).sort((a, b) => Number(b) - Number(a))
    : []
  const folders = [
    ...versions.map((version) => join(installed, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ]
  return folders.find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  )
}

function installBin() {
  if (process.getuid() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  process.stdout.write('installing PostgreSQL from Debian …\n')
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', '-qq', 'postgresql'], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  return findBin()
}

function ordinaryUser() {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag) =>
        Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // This user is not on the machine; the next one may be.
    }
  }
  return undefined
}

async function isAnswering(url) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    await client.end()
    return true
  } catch {
    return false
  }
}
