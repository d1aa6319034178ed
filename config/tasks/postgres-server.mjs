import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A throw-away PostgreSQL server in a temporary folder: found on the machine, else installed from
 * Debian's packages when root. PostgreSQL refuses to run as root, so it runs as an ordinary user.
 * Gives undefined where the machine can have none.
 */
export async function startPostgres(port = 54_329) {
  const bin = findBin() ?? installBin()
  if (bin === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-postgres-'))
  const user = process.getuid() === 0 ? ordinaryUser() : undefined
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const as = user === undefined ? {} : { uid: user.uid, gid: user.gid }
  const data = join(folder, 'data')
  const quiet = { stdio: 'ignore', cwd: folder, env: { ...process.env, HOME: folder }, ...as }
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'wanjia', '-A', 'trust', '-E', 'UTF8', '--no-locale'],
    quiet,
  )
  const settings = ['-c', 'max_connections=100', '-c', 'shared_buffers=128MB']
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', ...settings],
    quiet,
  )
  const url = `postgres://wanjia@127.0.0.1:${port}/postgres`
  await answering(url)
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        server.once('exit', () => {
          rmSync(folder, { recursive: true, force: true })
          resolve()
        })
        server.kill('SIGINT')
      }),
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

async function answering(url) {
  const { default: pg } = await import('pg')
  for (let time = 0; time < 100; time += 1) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  throw new Error('PostgreSQL did not start within 10 s')
}
