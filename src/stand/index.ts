import { AlreadyOwned } from '../cloud/postgres/owner-lock'
import { DEMO_PEOPLE } from './demo/people'
import { openStand } from './open-stand'
import { DATA_FOLDER, FIRST_PORT } from './settings'

const startedAt = Date.now()
const tell = (line: string) => {
  process.stdout.write(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}\n`)
}

/** `npm start`: the whole product on this machine. Ctrl-C loses nothing. */
async function main(): Promise<void> {
  const stand = await openStand({ folder: DATA_FOLDER, firstPort: FIRST_PORT, tell })
  if (stand.port !== FIRST_PORT) tell(`port ${FIRST_PORT} is taken, ${stand.port} is used`)
  sayWhereItIs(stand.address)
  const stop = () => {
    tell('stopping; everything is kept in .data')
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
