import { readdirSync } from 'node:fs'
import { bundleForNode } from './bundle-for-node.mjs'
import { runWithServer } from './with-server.mjs'

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
// What is measured in a process of its own runs as it is deployed: as one bundled file.
for (const file of readdirSync('bench/processes')) {
  await bundleForNode(`bench/processes/${file}`, `dist/bench/${file.replace('.ts', '.cjs')}`, {
    external: ['@duckdb/node-api'],
    minify: true,
  })
}
await runWithServer({
  port: 54_331,
  variable: 'BENCH_DATABASE_URL',
  file: `bench/${name}.ts`,
  options: more,
})
