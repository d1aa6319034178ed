import { readConfig } from '../cloud/config'
import { openServerDatabase } from '../cloud/postgres/server-database'
import { COMMANDS, runCommand } from './commands'

/** `npm run wanjia -- <noun> <verb> …` */
async function main([noun = '', verb = '', ...words]: string[]): Promise<void> {
  const command = COMMANDS[`${noun} ${verb}`]
  if (command === undefined) {
    const lines = Object.entries(COMMANDS).map(
      ([name, { usage, does }]) => `  ${name} ${usage}\n      ${does}`,
    )
    process.stdout.write(`npm run wanjia -- <noun> <verb> …\n${lines.join('\n')}\n`)
    process.exitCode = noun === '' ? 0 : 1
    return
  }
  const config = readConfig()
  const database = openServerDatabase({ url: config.DATABASE_URL, connections: 2 })
  try {
    process.stdout.write(`${await runCommand(command, { config, database }, words)}\n`)
  } finally {
    await database.close()
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
