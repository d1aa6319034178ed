import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../clock'
import { readBody } from '../read-body'
import type { Chance } from '../seeded-chance'
import { type BooksContents, createBooks } from './books'
import { dayFileOf } from './day-file'
import { readPosting } from './read-posting'
import { answerSignature, requestFlaw } from './signed-exchange'

/** What can go wrong at a biller: rates from 0 to 1. */
export type BillerFaults = {
  /** The credit is booked and the answer never comes. */
  timeOutAfterPosting: number
  /** A repeated posting id is answered with an error instead of its outcome. */
  duplicateSaysError: number
  down: number
  closedWindow: number
  wrongAmount: number
  /** The file of a day is not made yet. */
  fileCreating: number
  /** The file of a day ends in the middle. */
  fileCutShort: number
  /** The last line of a day's file sums up something else. */
  fileSumWrong: number
}

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

type Reply = { status: number; body?: unknown; text?: string }

const NO_FAULTS: BillerFaults = {
  timeOutAfterPosting: 0,
  duplicateSaysError: 0,
  down: 0,
  closedWindow: 0,
  wrongAmount: 0,
  fileCreating: 0,
  fileCutShort: 0,
  fileSumWrong: 0,
}

/** An account, its bills, or what became of a posting. */
function read(
  books: ReturnType<typeof createBooks>,
  { what, id, sub }: { what: string; id: string; sub: string | undefined },
  happens: (name: keyof BillerFaults) => boolean,
): Reply {
  if (what === 'postings') return { status: 200, body: books.credit(id) ?? { state: 'absent' } }
  const account = books.account(id)
  if (account === undefined) return { status: 404, body: { code: 'no-such-account' } }
  if (sub === undefined) return { status: 200, body: account }
  const wrong = happens('wrongAmount') ? 1 : 0
  const bills = books.bills(id).map((bill) => ({ ...bill, principal: bill.principal + wrong }))
  return { status: 200, body: { bills } }
}

/** What was credited on a day. */
function readDay(
  books: ReturnType<typeof createBooks>,
  day: string,
  happens: (name: keyof BillerFaults) => boolean,
): Reply {
  if (happens('fileCreating')) return { status: 202, body: { code: 'not-ready' } }
  const whole = dayFileOf(books.credits(), day, happens('fileSumWrong') ? 1 : 0)
  const length = happens('fileCutShort') ? Math.floor(whole.length / 2) : whole.length
  return { status: 200, text: whole.slice(0, length) }
}

/** A biller's own system on loopback, speaking the open biller protocol. */
export function createBillerSimulator(settings: BillerSettings) {
  const books = createBooks(settings.prefix, settings.contents)
  let rates = NO_FAULTS
  const happens = (name: keyof BillerFaults) => settings.chance.happens(rates[name])

  const { basePath = '' } = settings

  const post = (body: string): Reply | 'silence' => {
    const posting = readPosting(body)
    if (posting === undefined) return { status: 400, body: { code: 'malformed' } }
    if (happens('closedWindow'))
      return { status: 200, body: { state: 'rejected', code: 'closed-window' } }
    const { outcome, again } = books.post(posting, settings.clock.now())
    if (again && happens('duplicateSaysError'))
      return { status: 409, body: { code: 'seen-before' } }
    return happens('timeOutAfterPosting') ? 'silence' : { status: 200, body: outcome }
  }
  /** One of the protocol's five calls, or a path that is none. */
  const answer = (method: string, path: string, body: string): Reply | 'silence' => {
    const known = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : ''
    if (method === 'POST' && known === '/postings') return post(body)
    const [, day] = /^\/days\/(\d{4}-\d{2}-\d{2})\/postings$/.exec(known) ?? []
    if (method === 'GET' && day !== undefined) return readDay(books, day, happens)
    const asked = /^\/(accounts|postings)\/([^/]+)(\/bills)?$/.exec(known)
    const [, what = '', id = '', sub] = asked ?? []
    if (method !== 'GET' || asked === null || (what === 'postings' && sub !== undefined))
      return { status: 404, body: { code: 'no-such-path' } }
    return read(books, { what, id: decodeURIComponent(id), sub }, happens)
  }
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request)
    const { clock, callers, key } = settings
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
