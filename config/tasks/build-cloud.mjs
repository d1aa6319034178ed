import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleForNode } from './bundle-for-node.mjs'

/** One bundled file per function, with the configuration for CloudBase's command line beside them. */
const FUNCTIONS = ['api', 'http', 'jobs']
const OUT = 'dist/cloud'

rmSync(OUT, { recursive: true, force: true })
for (const name of FUNCTIONS) {
  const folder = join(OUT, 'functions', name)
  mkdirSync(folder, { recursive: true })
  await bundleForNode(`src/cloud/functions/${name}/index.ts`, join(folder, 'index.js'), {
    minify: true,
  })
  const kilobytes = (statSync(join(folder, 'index.js')).size / 1024).toFixed(0)
  process.stdout.write(`${name.padEnd(6)} ${kilobytes.padStart(6)} KB\n`)
}
writeFileSync(join(OUT, 'cloudbaserc.json'), `${JSON.stringify(configuration(), null, 2)}\n`)

function configuration() {
  const common = {
    handler: 'index.main',
    runtime: 'Nodejs20.19',
    memorySize: 256,
    installDependency: false,
    // Values live in the CloudBase console: what stands here would overwrite them.
    envVariables: {},
  }
  return {
    version: '2.0',
    envId: '{{env.ENV_ID}}',
    functionRoot: './functions',
    functions: [
      { name: 'api', timeout: 20, ...common },
      { name: 'http', timeout: 20, ...common },
      {
        name: 'jobs',
        timeout: 60,
        ...common,
        triggers: [{ name: 'every-20-seconds', type: 'timer', config: '*/20 * * * * * *' }],
      },
    ],
  }
}
