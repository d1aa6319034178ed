import { parseArgs } from 'node:util'
import { AlreadyOwned } from '../cloud/postgres/owner-lock'
import { DEMO_PEOPLE } from './demo/people'
import { openStand } from './open-stand'
import { PortsTaken } from './serve'
import { DATA_FOLDER, FIRST_PORT } from './settings'

const startedAt = Date.now()
const tell = (line: string) => {
  process.stdout.write(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}\n`)
}
const CHOOSE_PORT = 'npm start -- --port 8000'

/** `npm start`: the whole product on this machine. Ctrl-C loses nothing. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, data: { type: 'string' } },
  })
  const { port, data: folder = DATA_FOLDER } = values
  const wanted =
    port === undefined ? { firstPort: FIRST_PORT } : { firstPort: Number(port), ports: 1 }
  if (!Number.isInteger(wanted.firstPort)) throw new Error(`${port} is no port: ${CHOOSE_PORT}`)
  const stand = await openStand({ folder, ...wanted, tell })
  if (stand.port !== wanted.firstPort) {
    tell(
      `port ${wanted.firstPort} is in use by another program, so ${stand.port} is used; choose one yourself with ${CHOOSE_PORT}`,
    )
  }
  sayWhereItIs(stand.address)
  const stop = () => {
    tell(`stopping; everything is kept in ${folder}`)
    void stand.stop().then(() => process.exit(0))
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
    ${address}/        its web build, likewise
  Who you can be:
${people}
  Stop with Ctrl-C.
`)
}

/** What went wrong at the start, as a sentence that says what to do. */
function explain(error: unknown): string {
  if (error instanceof AlreadyOwned) {
    const { address, owner, folder } = error
    return address === ''
      ? `process ${owner} holds ${folder}. Stop it first.`
      : `the stand is running already at ${address} (process ${owner}, ${folder}). Open that address, or stop it there with Ctrl-C first.`
  }
  if (error instanceof PortsTaken) {
    const { first, last } = error
    const which = first === last ? `port ${first} is` : `ports ${first} to ${last} are`
    return `${which} in use by another program. Choose another port: ${CHOOSE_PORT}`
  }
  return `could not start: ${error instanceof Error ? error.stack : String(error)}`
}

main().catch((error: unknown) => {
  tell(explain(error))
  process.exit(1)
})
