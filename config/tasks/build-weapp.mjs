import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildMiniapp } from './build-miniapp.mjs'
import { checkWeapp, sizesOf } from './check-weapp.mjs'

/** The mini-program for WeChat, then what its upload would refuse, then its sizes. */
const DIST = 'dist/weapp'
/** Kilobytes; WeChat's own limits are 2,048 for a package and 20,480 for all. */
const MAIN_BUDGET = 700
const PACKAGE_BUDGET = 200

await buildMiniapp('weapp')
const app = JSON.parse(readFileSync(join(DIST, 'app.json'), 'utf8'))
const faults = checkWeapp(DIST, app)
for (const { name, bytes } of sizesOf(DIST, app)) {
  const budget = name === 'main' ? MAIN_BUDGET : PACKAGE_BUDGET
  const kilobytes = bytes / 1024
  const isOver = kilobytes > budget
  if (isOver) faults.push(`${name} is ${kilobytes.toFixed(1)} KB, its budget ${budget} KB`)
  const row = `${kilobytes.toFixed(1).padStart(8)} KB of ${budget}`
  process.stdout.write(`${name.padEnd(20)}${row}${isOver ? '  over' : ''}\n`)
}
for (const fault of faults) process.stdout.write(`fault: ${fault}\n`)
process.exitCode = faults.length === 0 ? 0 : 1
