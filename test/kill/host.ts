import { createServer } from 'node:http'
import { answerHttp } from '../../src/cloud/answer-http'
import { composePorts } from '../../src/cloud/compose-ports'
import { readConfig } from '../../src/cloud/config'
import { dispatch } from '../../src/cloud/dispatcher'
import { openEmbeddedDatabase } from '../../src/cloud/postgres/embedded-database'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { runJobs } from '../../src/cloud/run-jobs'
import { readBody } from '../../src/simulators/read-body'

/** The deployed functions behind loopback, in a process that is killed again and again. */
async function main(): Promise<void> {
  const config = readConfig()
  const folder = process.env.HOST_FOLDER ?? ''
  const database =
    folder === ''
      ? openServerDatabase({ url: config.DATABASE_URL, connections: 4 })
      : await openEmbeddedDatabase(folder)
  const ports = composePorts(config, { database })
  const log = () => undefined
  const server = createServer((request, response) => {
    const answer = async () => {
      const body = await readBody(request)
      if (request.url === '/jobs') {
        await runJobs({ ports, log })
        return { status: 200, text: '{}' }
      }
      if (request.url === '/api') {
        const openid = String(request.headers['x-openid'])
        const answered = await dispatch({ ports, log }, { openid }, JSON.parse(body))
        return { status: 200, text: JSON.stringify(answered) }
      }
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      const event = { path: request.url ?? '', httpMethod: 'POST', headers, body }
      const merchants = config.WECHAT_PAY_MERCHANTS
      const answered = await answerHttp({ ports, log, merchants }, event)
      return { status: answered.statusCode, text: answered.body }
    }
    answer().then(
      ({ status, text }) => {
        response.writeHead(status)
        response.end(text)
      },
      () => response.destroy(),
    )
  })
  server.listen(Number(process.env.HOST_PORT), '127.0.0.1', () => process.stdout.write('ready\n'))
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
