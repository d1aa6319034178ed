import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { composePorts } from '../cloud/compose-ports'
import { readConfig } from '../cloud/config'
import type { LogEntry } from '../cloud/log'
import { openEmbeddedDatabase } from '../cloud/postgres/embedded-database'
import { migrate } from '../cloud/postgres/migrate'
import { runJobs } from '../cloud/run-jobs'
import type { Clock } from '../simulators/clock'
import { seededChance } from '../simulators/seeded-chance'
import { apiRoutes } from './api-routes'
import { controlRoutes } from './control-routes'
import { seedCity } from './demo/seed'
import { keptKeys, keptMemory } from './kept-state'
import { type Neighbours, startNeighbours } from './neighbours'
import type { StandRoute } from './routes'
import { JOBS_EVERY_MS } from './settings'
import { sheetRoute } from './sheet-route'

/** The running city: database, neighbours, functions and timers, all in one process. */
export type World = {
  routes: StandRoute[]
  weChatPayUrl: string
  neighbours: Neighbours
  stop: () => Promise<void>
}

type Settings = {
  folder: string
  address: string
  clock: Clock
  tell: (line: string) => void
  /** Empties the folder and begins anew. */
  reset: () => Promise<void>
}

/** Starts the city from its folder, or founds it there. Throws AlreadyOwned. */
export async function startWorld(settings: Settings): Promise<World> {
  const { folder, address, clock, tell, reset } = settings
  tell('opening the embedded database')
  const database = await openEmbeddedDatabase(join(folder, 'database'))
  const applied = await migrate(database)
  if (applied.length > 0) tell(`migrations applied: ${applied.length}`)
  const log: (LogEntry & { at: number })[] = []
  const write = (entry: LogEntry) => {
    log.push({ ...entry, at: clock.now() })
    if (entry.level === 'error')
      tell(`fault ${entry.errorId ?? ''} ${entry.event ?? entry.call ?? ''} ${String(entry.error)}`)
  }
  const neighbours = await startNeighbours(keptKeys(folder), {
    clock,
    chance: seededChance(Date.now()),
    notifyUrl: `${address}/wechat-pay/notices`,
  })
  const config = readConfig(neighbours.environment)
  const ports = composePorts(config, { database, now: clock.now })
  const memory = keptMemory(folder, neighbours)
  if (memory.recall()) tell('the demo city is as you left it')
  else await seedCity(ports, neighbours, { tell })
  memory.save()
  const timer = setInterval(
    () => void runJobs({ ports, log: write }).then(memory.save),
    JOBS_EVERY_MS,
  )
  return {
    routes: [
      ...apiRoutes({ ports, config, log: write }, memory.save),
      ...controlRoutes({ neighbours, log, reset }),
      sheetRoute(neighbours.weChatPay),
    ],
    weChatPayUrl: config.WECHAT_PAY_URL,
    neighbours,
    stop: async () => {
      clearInterval(timer)
      memory.save()
      await neighbours.close()
      await database.close()
    },
  }
}

/** Forgets everything that the city keeps. */
export function razeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
