import { parentPort } from 'node:worker_threads'
import { keepVerdict } from './judged-once.mjs'

/**
 * Ends the process of a runner in which one test computes for so long that a mutant must have made a loop without an
 * end. Nothing else runs beside such a loop, so that the verdict is kept from here; Stryker tries a mutant once more
 * when its process has ended, and is told it then. Counted is what the process computes: how busy the machine is
 * besides changes no verdict.
 */
const MOST_SECONDS = 20
const LOOK_MS = 500

let mutant
let test
let since = 0

parentPort.on('message', (told) => {
  if ('mutant' in told) mutant = told.mutant
  test = told.test
  since = computedSeconds()
})
setInterval(() => {
  if (mutant === undefined || computedSeconds() - since < MOST_SECONDS) return
  const killedBy = test === undefined ? [] : [test]
  keepVerdict(mutant, { status: 'timeout', reason: 'a loop without an end', killedBy })
  process.kill(process.pid, 'SIGKILL')
}, LOOK_MS)

function computedSeconds() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}
