import { connect, createServer, type Socket } from 'node:net'
import { messageReader } from './postgres-messages'

/** How an answer is lost: with its connection, or in a silence that does not end. */
type Loss = 'cut' | 'silence'
/** An answer that the server still owes, one per Sync or simple query. */
type Owed = { loss: Loss | undefined }

/**
 * A wire between `pg` and a server that cuts the connection right after a chosen statement was
 * committed: the server runs it, and its answer, up to the word that the transaction is over, is
 * swallowed. Or the connection falls silent and stays open. It also keeps which statements were sent
 * and which errors were answered. The messages are those of PostgreSQL's protocol 3.0 (postgresql.org, "Message Formats").
 */
export async function cuttingWire(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const sent: string[] = []
  const errors: string[] = []
  const losses = new Map<string, Loss[]>()
  const sockets = new Set<Socket>()

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    const owed: Owed[] = []
    let statement = ''
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    const asked = messageReader({ withStartup: true }, ({ type, body, raw }) => {
      if (type === 'B') statement = nameInBind(body)
      if (type === 'B') sent.push(statement)
      if (type === 'S') owed.push({ loss: losses.get(statement)?.shift() })
      if (type === 'Q') owed.push({ loss: undefined })
      upstream.write(raw)
    })
    const answered = messageReader({ withStartup: false }, ({ type, body, raw }) => {
      if (type === 'E') errors.push(codeInError(body))
      const loss = owed[0]?.loss
      if (loss === undefined) client.write(raw)
      if (type !== 'Z' || loss === 'silence') return
      if (loss === 'cut') end()
      // The first word of readiness is of the greeting, when nothing was asked yet.
      owed.shift()
    })
    client.on('data', asked)
    upstream.on('data', answered)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', end)
      socket.on('close', () => {
        sockets.delete(socket)
        end()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address() as { port: number }
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(address.port)
  return {
    url: url.toString(),
    /** The next answers to this statement are lost, after the server has committed it. */
    cutAfter: (statement: string, times = 1): void => {
      losses.set(statement, Array<Loss>(times).fill('cut'))
    },
    /** The next answer to this statement, and any after it on its connection, never comes. */
    fallSilentAfter: (statement: string): void => {
      losses.set(statement, ['silence'])
    },
    /** How often the statement was sent. */
    timesSent: (statement: string): number => sent.filter((one) => one === statement).length,
    /** The codes of the server's errors, in order. */
    errors: errors as readonly string[],
    close: async (): Promise<void> => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type CuttingWire = Awaited<ReturnType<typeof cuttingWire>>

function nameInBind(body: Buffer): string {
  const afterPortal = body.indexOf(0) + 1
  return body.toString('utf8', afterPortal, body.indexOf(0, afterPortal))
}

/** An error is fields of one letter and a text; C is the code. */
function codeInError(body: Buffer): string {
  const fields = body.toString('utf8').split('\0')
  return fields.find((field) => field.startsWith('C'))?.slice(1) ?? ''
}
