import { join } from 'node:path'
import { AlreadyOwned } from '../cloud/postgres/owner-lock'
import { buildWhenStale } from './built-programs'
import { DEMO_PEOPLE } from './demo/people'
import { createStandServer, listenFrom } from './serve'
import { DATA_FOLDER, FIRST_PORT, PORTS } from './settings'
import { type WeappPages, weappPages } from './weapp/weapp-pages'
import { razeFolder, startWorld, type World } from './world'

const startedAt = Date.now()
const tell = (line: string) => {
  process.stdout.write(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}\n`)
}

/** `npm start`: the whole product on this machine. Ctrl-C loses nothing. */
async function main(): Promise<void> {
  let world: World | undefined
  let weapp: WeappPages = () => false
  const server = createStandServer(() => ({
    routes: world?.routes ?? [],
    weChatPayUrl: world?.weChatPayUrl ?? '',
    h5: join(process.cwd(), 'dist/h5'),
    weapp: (url, response) => weapp(url, response),
  }))
  const port = await listenFrom(server, FIRST_PORT, PORTS)
  if (port !== FIRST_PORT) tell(`port ${FIRST_PORT} is taken, ${port} is used`)
  const address = `http://127.0.0.1:${port}`
  const open = () => startWorld({ folder: DATA_FOLDER, address, tell, reset })
  const reset = async () => {
    tell('the demo city is founded anew')
    await world?.stop()
    razeFolder(DATA_FOLDER)
    world = await open()
  }
  world = await open()
  for (const platform of ['weapp', 'h5'] as const) await buildWhenStale(platform, tell)
  weapp = weappPages(join(process.cwd(), 'dist/weapp'))
  sayWhereItIs(address)
  const stop = () => {
    tell('stopping; everything is kept in .data')
    void world?.stop().then(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

function sayWhereItIs(address: string): void {
  const people = DEMO_PEOPLE.map(
    ({ name, story }) => `    ${name.zh} · ${name.en}: ${story.en}`,
  ).join('\n')
  process.stdout.write(`
  Wanjia 万家 is open.
    ${address}/weapp   the mini-program in a phone, with the stand beside it
    ${address}/        the same as a web page
  Who you can be:
${people}
  Stop with Ctrl-C.
`)
}

main().catch((error: unknown) => {
  if (error instanceof AlreadyOwned) {
    tell(
      `the stand is running already: process ${error.owner} holds ${error.folder}. Use its address, or stop it first.`,
    )
  } else {
    tell(`could not start: ${error instanceof Error ? error.stack : String(error)}`)
  }
  process.exit(1)
})
