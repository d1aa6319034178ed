import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { startPostgres } from './postgres-server.mjs'

/** `npm run bench -- <name> [--json]`: one benchmark against its yardstick, on a server of its own. */
const [name, ...more] = process.argv.slice(2)
if (name === 'table') {
  await import('./bench-table.mjs')
  process.exit()
}
const names = readdirSync('bench')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
if (!names.includes(name ?? '')) {
  process.stdout.write(`there is no benchmark "${name ?? ''}"; there are: ${names.join(', ')}\n`)
  process.exit(1)
}
const server = await startPostgres(54_331)
if (server === undefined) {
  process.stdout.write('no PostgreSQL server can be had on this machine\n')
  process.exit(1)
}
const bench = ['--import', 'tsx', `bench/${name}.ts`, ...more]
const env = { ...process.env, BENCH_DATABASE_URL: server.url }
const run = spawnSync(process.execPath, bench, { stdio: 'inherit', env })
await server.stop()
process.exitCode = run.status ?? 1
