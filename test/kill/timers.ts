import type { KillableHost } from './killable-host'
import { pause } from './pause'

/** As cloudbaserc.json has it. */
const DEPLOYED_MS = 20_000
const BUSY_MS = 1_000

/** The platform's timers, which call the jobs whether the host is there or not. */
export function timers(host: KillableHost) {
  let everyMs = BUSY_MS
  let isOver = false
  const run = async (): Promise<void> => {
    while (!isOver) {
      const begun = Date.now()
      await host.jobs()
      while (!isOver && Date.now() < begun + everyMs) await pause(50)
    }
  }
  const running = run()
  return {
    /** More often than in life, so that each trouble meets them. */
    busy: (): void => {
      everyMs = BUSY_MS
    },
    asDeployed: (): void => {
      everyMs = DEPLOYED_MS
    },
    stop: (): Promise<void> => {
      isOver = true
      return running
    },
  }
}
