import { spawnSync } from 'node:child_process'
import { startPostgres } from './postgres-server.mjs'

/** `npm run test:kill [-- --rounds N]`: kill -9 in mid-payment, on both engines. */
const server = await startPostgres(54_333)
if (server === undefined) {
  process.stdout.write('no PostgreSQL server can be had on this machine\n')
  process.exit(1)
}
const run = ['--import', 'tsx', 'test/kill/run.ts', ...process.argv.slice(2)]
const env = { ...process.env, KILL_DATABASE_URL: server.url }
const { status } = spawnSync(process.execPath, run, { stdio: 'inherit', env })
await server.stop()
process.exitCode = status ?? 1
