import { composePorts } from './compose-ports'
import { type Config, readConfig } from './config'
import { lineLog } from './log'
import { openServerDatabase } from './postgres/server-database'

/**
 * What a deployed function keeps between events: one configuration, its connections, the ports. The
 * database has half of the function's own time to answer, so that a fault is still told.
 */
export function start({ answerWithinMs }: { answerWithinMs: number }) {
  const config: Config = readConfig()
  const database = openServerDatabase({
    url: config.DATABASE_URL,
    connections: config.DATABASE_CONNECTIONS,
    answerWithinMs,
  })
  const log = lineLog((line) => process.stdout.write(`${line}\n`))
  return { config, ports: composePorts(config, { database, log }), log }
}
