import { createServer } from 'node:http'
import { answerHttp } from '../../src/cloud/answer-http'
import { composePorts } from '../../src/cloud/compose-ports'
import { readConfig } from '../../src/cloud/config'
import { dispatch } from '../../src/cloud/dispatcher'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { runJobs } from '../../src/cloud/run-jobs'
import { readBody } from '../../src/simulators/read-body'
import { readBooks } from './books'

/** The deployed functions behind loopback, in a process that is killed again and again. */
async function main(): Promise<void> {
  const config = readConfig()
  const folder = process.env.HOST_FOLDER ?? ''
  const database = await openDatabase(folder, config.DATABASE_URL)
  const log = () => undefined
  const ports = composePorts(config, { database, log })
  const answer = async (path: string, headers: Record<string, string>, body: string) => {
    if (path === '/jobs') {
      await runJobs({ ports, log })
      return { status: 200, text: '{}' }
    }
    if (path === '/books') return { status: 200, text: JSON.stringify(await readBooks(database)) }
    if (path === '/api') {
      const caller = { openid: headers['x-openid'] ?? '' }
      const answered = await dispatch({ ports, log }, caller, JSON.parse(body))
      return { status: 200, text: JSON.stringify(answered) }
    }
    const merchants = config.WECHAT_PAY_MERCHANTS
    const event = { path, httpMethod: 'POST', headers, body }
    const answered = await answerHttp({ ports, log, merchants }, event)
    return { status: answered.statusCode, text: answered.body }
  }
  const server = createServer((request, response) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    readBody(request)
      .then((body) => answer(request.url ?? '', headers, body))
      .then(
        ({ status, text }) => {
          response.writeHead(status)
          response.end(text)
        },
        () => response.destroy(),
      )
  })
  server.listen(Number(process.env.HOST_PORT), '127.0.0.1', () => process.stdout.write('ready\n'))
}

/** As a function opens it; PGlite is loaded only where it is used. */
async function openDatabase(folder: string, url: string) {
  if (folder === '') return openServerDatabase({ url, connections: 4, answerWithinMs: 9_000 })
  const { openEmbeddedDatabase } = await import('../../src/cloud/postgres/embedded-database')
  return openEmbeddedDatabase(folder)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
