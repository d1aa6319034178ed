import { join } from 'node:path'
import { type Clock, realClock } from '../simulators/clock'
import { buildStalePrograms } from './built-programs'
import { createStandServer, listenFrom } from './serve'
import { PORTS } from './settings'
import { type WeappPages, weappPages } from './weapp/weapp-pages'
import { razeFolder, startWorld, type World } from './world'

export type Stand = { address: string; port: number; world: () => World; stop: () => Promise<void> }

/**
 * Opens the whole stand: builds what is stale, then the city, the functions, the simulators and
 * both builds behind one address, on the first free port from `firstPort` on. Throws AlreadyOwned
 * when another process has the folder.
 */
export async function openStand(settings: {
  folder: string
  firstPort: number
  tell: (line: string) => void
  clock?: Clock
}): Promise<Stand> {
  const { folder, tell } = settings
  const clock = settings.clock ?? realClock()
  let world: World | undefined
  let weapp: WeappPages = () => false
  const server = createStandServer(() => ({
    routes: world?.routes ?? [],
    weChatPayUrl: world?.weChatPayUrl ?? '',
    h5: join(process.cwd(), 'dist/h5'),
    weapp: (url, response) => weapp(url, response),
  }))
  const port = await listenFrom(server, settings.firstPort, PORTS)
  const address = `http://127.0.0.1:${port}`
  const open = () => startWorld({ folder, address, clock, tell, reset })
  const reset = async () => {
    tell('the demo city is founded anew')
    await world?.stop()
    razeFolder(folder)
    world = await open()
  }
  // A folder that is another's leaves no port behind.
  const opened = await open().catch((error: unknown) => {
    server.close()
    throw error
  })
  world = opened
  await buildStalePrograms(tell)
  weapp = weappPages(join(process.cwd(), 'dist/weapp'))
  return {
    address,
    port,
    world: () => world ?? opened,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await world?.stop()
    },
  }
}
