import { join } from 'node:path'
import { openEmbeddedDatabase } from '../cloud/postgres/embedded-database'
import { buildStalePrograms } from './built-programs'
import { visitorRoutes } from './control-routes'
import { forgetCity } from './kept-state'
import { type StandPages, standPages } from './pages'
import { createStandServer, listenFrom } from './serve'
import { PORTS } from './settings'
import { startWorld, type World } from './world'

export type Stand = { address: string; port: number; stop: () => Promise<void> }

/**
 * Opens the whole stand: builds what is stale, then the city, the functions, the simulators and
 * both builds behind one address, on the first free port of `ports` from `firstPort` on. Throws
 * AlreadyOwned when another process has the folder, and PortsTaken.
 */
export async function openStand(settings: {
  folder: string
  firstPort: number
  ports?: number
  tell: (line: string) => void
}): Promise<Stand> {
  const { folder, tell } = settings
  let world: World | undefined
  let pages: StandPages = () => false
  const reset = onceAtATime(async () => {
    tell('the demo city is founded anew')
    await world?.stop()
    world = undefined
    forgetCity(folder)
    world = await start()
  })
  const visitor = visitorRoutes(reset.run)
  const server = createStandServer(() => ({
    routes: [...visitor, ...(world?.routes ?? [])],
    sheets: world?.sheets,
    pages,
  }))
  const port = await listenFrom(server, settings.firstPort, settings.ports ?? PORTS)
  const address = `http://127.0.0.1:${port}`
  tell('opening the embedded database')
  // A folder that is another's leaves no port behind.
  const database = await openEmbeddedDatabase(join(folder, 'database'), address).catch(
    (error: unknown) => {
      server.close()
      throw error
    },
  )
  const start = () => startWorld({ folder, database, address, tell })
  world = await start()
  await buildStalePrograms(tell)
  pages = standPages({
    weapp: join(process.cwd(), 'dist/weapp'),
    h5: join(process.cwd(), 'dist/h5'),
  })
  return {
    address,
    port,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await reset.isOver()
      await world?.stop()
      await database.close()
    },
  }
}

/** Work that a second caller joins instead of beginning it again. */
function onceAtATime(work: () => Promise<void>) {
  let underWay: Promise<void> | undefined
  return {
    run: (): Promise<void> => {
      underWay ??= work().finally(() => {
        underWay = undefined
      })
      return underWay
    },
    isOver: async (): Promise<void> => underWay?.catch(() => undefined),
  }
}
