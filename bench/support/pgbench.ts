import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** pgbench's own tables in a database of their own, and its TPC-B in the simple protocol. */
export async function preparePgbench(url: string) {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query('create database yardstick')
  await admin.end()
  const { hostname, port, username } = new URL(url)
  const to = ['-h', hostname, '-p', port, '-U', username]
  const pgbench = findPgbench()
  execFileSync(pgbench, [...to, '-i', '-q', '-s', '50', 'yardstick'], { stdio: 'ignore' })
  return {
    /** Transactions per second over so many seconds, 16 clients. */
    run: (seconds: number): number => {
      const load = ['-c', '16', '-j', '2', '-T', String(seconds), '-n']
      const output = execFileSync(pgbench, [...to, ...load, 'yardstick'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      }).toString()
      const tps = /tps = ([\d.]+)/.exec(output)?.[1]
      if (tps === undefined) throw new Error(`pgbench gave no tps: ${output}`)
      return Number(tps)
    },
  }
}

function findPgbench(): string {
  const installed = '/usr/lib/postgresql'
  const versions = existsSync(installed) ? readdirSync(installed) : []
  const folders = [
    ...versions.map((version) => join(installed, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ]
  const found = folders.map((folder) => join(folder, 'pgbench')).find(existsSync)
  if (found === undefined) throw new Error('pgbench is not on this machine')
  return found
}
