import { spawnSync } from 'node:child_process'
import { bundleForNode } from './bundle-for-node.mjs'

/**
 * `npm run test:kill [-- --rounds N]`: kill -9 under load, on both engines. The function host is one
 * file, since it is started again in every round.
 */
await bundleForNode('test/kill/host.ts', 'dist/test-kill/host.cjs', {
  external: ['@electric-sql/pglite'],
})
const run = ['--import', 'tsx', 'test/kill/run.ts', ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, run, { stdio: 'inherit' })
process.exitCode = status ?? 1
