import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../clock'
import { readBody } from '../read-body'
import type { Chance } from '../seeded-chance'
import { type BillerFaults, createAnswers } from './answer-call'
import { type BooksContents, createBooks } from './books'
import { answerSignature, requestFlaw } from './signed-exchange'

export type BillerSettings = {
  /** What its posting numbers begin with. */
  prefix: string
  /** The path under which it is served, '/wanjia'; none by default. */
  basePath?: string
  key: { keyId: string; privateKeyPem: string }
  /** Keys of those who may ask (PEM), by id. */
  callers: Readonly<Record<string, string>>
  clock: Clock
  chance: Chance
  contents?: BooksContents
}

const NO_FAULTS: BillerFaults = {
  timeOutAfterPosting: 0,
  timeOutAfterReversal: 0,
  reversalNotAllowed: 0,
  duplicateSaysError: 0,
  down: 0,
  closedWindow: 0,
  wrongAmount: 0,
  fileCreating: 0,
  fileCutShort: 0,
  fileSumWrong: 0,
}

/** A biller's own system on loopback, speaking the open biller protocol. */
export function createBillerSimulator(settings: BillerSettings) {
  const books = createBooks(settings.prefix, settings.contents)
  let rates = NO_FAULTS
  const happens = (name: keyof BillerFaults) => settings.chance.happens(rates[name])

  const { clock, callers, key, basePath = '' } = settings
  const answer = createAnswers({ books, happens, clock, basePath })
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request)
    if (happens('down')) {
      request.socket.destroy()
      return
    }
    const path = request.url ?? '/'
    const method = request.method ?? ''
    const flaw = requestFlaw({ method, path, headers: request.headers, body }, callers, clock.now())
    const reply =
      flaw === undefined ? answer(method, path, body) : { status: 401, body: { code: flaw } }
    if (reply === 'silence') {
      request.socket.destroy()
      return
    }
    const text = reply.text ?? JSON.stringify(reply.body)
    const requestNonce = String(request.headers['wanjia-nonce'] ?? '')
    const signed = answerSignature(key, {
      status: reply.status,
      body: text,
      requestNonce,
      now: clock.now(),
    })
    const type = reply.text === undefined ? 'application/json' : 'text/csv'
    response.writeHead(reply.status, { 'Content-Type': type, ...signed })
    response.end(text)
  }
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  return {
    listen: (port = 0): Promise<string> =>
      new Promise((resolve) => {
        server.listen(port, '127.0.0.1', () =>
          resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}${basePath}`),
        )
      }),
    close: (): Promise<void> => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
    setFaults: (change: Partial<BillerFaults>) => {
      rates = { ...rates, ...change }
    },
    books,
  }
}

export type BillerSimulator = ReturnType<typeof createBillerSimulator>
