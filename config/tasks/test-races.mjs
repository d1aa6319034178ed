import { spawnSync } from 'node:child_process'
import { startPostgres } from './postgres-server.mjs'

/** `npm run test:races [-- --payments N]`: everything ten times at once, at two isolation levels. */
const server = await startPostgres(54_336)
if (server === undefined) {
  process.stdout.write('no PostgreSQL server can be had on this machine\n')
  process.exit(1)
}
const run = ['--import', 'tsx', 'test/races/run.ts', ...process.argv.slice(2)]
const env = { ...process.env, RACES_DATABASE_URL: server.url }
const { status } = spawnSync(process.execPath, run, { stdio: 'inherit', env })
await server.stop()
process.exitCode = status ?? 1
