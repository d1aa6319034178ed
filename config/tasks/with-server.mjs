import { spawnSync } from 'node:child_process'
import { startPostgres } from './postgres-server.mjs'

/** Runs a TypeScript file with a throw-away server of its own, whose address it finds in `variable`. */
export async function runWithServer({ port, variable, file, options }) {
  const server = await startPostgres(port)
  if (server === undefined) {
    process.stdout.write('no PostgreSQL server can be had on this machine\n')
    process.exit(1)
  }
  const env = { ...process.env, [variable]: server.url }
  const run = ['--import', 'tsx', file, ...options]
  const { status } = spawnSync(process.execPath, run, { stdio: 'inherit', env })
  await server.stop()
  process.exitCode = status ?? 1
}
