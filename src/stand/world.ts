import type { ServerResponse } from 'node:http'
import { composePorts } from '../cloud/compose-ports'
import { readConfig } from '../cloud/config'
import type { LogEntry } from '../cloud/log'
import type { Database } from '../cloud/postgres/database'
import { migrate } from '../cloud/postgres/migrate'
import { runJobs } from '../cloud/run-jobs'
import { seededChance } from '../simulators/seeded-chance'
import { apiRoutes } from './api-routes'
import { clockRoutes } from './clock-routes'
import { eventRoute } from './control-routes'
import { seedCity } from './demo/seed'
import { faultRoutes } from './fault-routes'
import { hasCity, keptKeys, keptMemory } from './kept-state'
import { startNeighbours } from './neighbours'
import type { StandRequest, StandRoute } from './routes'
import { JOBS_EVERY_MS } from './settings'
import { serveSheets, sheetRoute } from './sheet-route'
import { standClock } from './stand-clock'

/** The running city on its database: neighbours, functions and timers, all in one process. */
export type World = {
  routes: StandRoute[]
  /** WeChat's own pages, below /sheet/. */
  sheets: (request: StandRequest, response: ServerResponse) => void
  stop: () => Promise<void>
}

/** Starts the city that the folder keeps, or founds one: also over one that was not founded whole. */
export async function startWorld(settings: {
  folder: string
  database: Database
  address: string
  tell: (line: string) => void
}): Promise<World> {
  const { folder, database, address, tell } = settings
  const isKept = hasCity(folder)
  if (!isKept) await empty(database)
  const clock = standClock(folder)
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
  const ports = composePorts(config, { database, now: clock.now, log: write })
  const memory = keptMemory(folder, neighbours)
  if (isKept) {
    memory.recall()
    tell('the demo city is as you left it')
  } else await seedCity(ports, neighbours, { tell })
  // What is still under way when the city stops must not write over the next one.
  let isStopped = false
  const save = () => {
    if (!isStopped) memory.save()
  }
  save()
  let jobs = Promise.resolve()
  const tick = () => {
    jobs = runJobs({ ports, log: write }).then(save)
    return jobs
  }
  const timer = setInterval(() => void tick(), JOBS_EVERY_MS)
  return {
    routes: [
      ...apiRoutes({ ports, config, log: write }, save),
      eventRoute({ neighbours, log, now: clock.now }),
      ...faultRoutes(neighbours),
      ...clockRoutes(clock, tick),
      sheetRoute(neighbours.weChatPay),
    ],
    sheets: serveSheets(config.WECHAT_PAY_URL, save),
    stop: async () => {
      clearInterval(timer)
      await jobs
      save()
      isStopped = true
      await neighbours.close()
    },
  }
}

async function empty(database: Database): Promise<void> {
  await database.session(({ script }) => script('DROP SCHEMA public CASCADE; CREATE SCHEMA public'))
}
