import type { Clock } from '../clock'
import type { createBooks } from './books'
import { dayFileOf } from './day-file'
import { readPosting, readReversal } from './read-posting'

/** What can go wrong at a biller: rates from 0 to 1. */
export type BillerFaults = {
  /** The credit is booked and the answer never comes. */
  timeOutAfterPosting: number
  /** The credit is taken back and the answer never comes. */
  timeOutAfterReversal: number
  /** Its own people have to decide: it takes no credit back by itself. */
  reversalNotAllowed: number
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

export type Reply = { status: number; body?: unknown; text?: string }

type Parts = {
  books: ReturnType<typeof createBooks>
  happens: (name: keyof BillerFaults) => boolean
  clock: Clock
  basePath: string
}

/** What a biller answers to a signed call: one of the protocol's six, or a path that is none. */
export function createAnswers({ books, happens, clock, basePath }: Parts) {
  const post = (body: string): Reply | 'silence' => {
    const posting = readPosting(body)
    if (posting === undefined) return { status: 400, body: { code: 'malformed' } }
    if (happens('closedWindow'))
      return { status: 200, body: { state: 'rejected', code: 'closed-window' } }
    const { outcome, again } = books.post(posting, clock.now())
    if (again && happens('duplicateSaysError'))
      return { status: 409, body: { code: 'seen-before' } }
    return happens('timeOutAfterPosting') ? 'silence' : { status: 200, body: outcome }
  }
  const reverse = (reversalId: string, body: string): Reply | 'silence' => {
    const reversal = readReversal(reversalId, body)
    if (reversal === undefined) return { status: 400, body: { code: 'malformed' } }
    if (happens('reversalNotAllowed'))
      return { status: 200, body: { state: 'refused', code: 'not-allowed' } }
    const outcome = books.reverse(reversal, clock.now())
    return happens('timeOutAfterReversal') ? 'silence' : { status: 200, body: outcome }
  }
  return (method: string, path: string, body: string): Reply | 'silence' => {
    const known = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : ''
    if (method === 'POST' && known === '/postings') return post(body)
    const [, reversalId] = /^\/reversals\/([^/]+)$/.exec(known) ?? []
    if (method === 'PUT' && reversalId !== undefined)
      return reverse(decodeURIComponent(reversalId), body)
    const [, day] = /^\/days\/(\d{4}-\d{2}-\d{2})\/postings$/.exec(known) ?? []
    if (method === 'GET' && day !== undefined) return readDay(books, day, happens)
    const asked = /^\/(accounts|postings)\/([^/]+)(\/bills)?$/.exec(known)
    const [, what = '', id = '', sub] = asked ?? []
    if (method !== 'GET' || asked === null || (what === 'postings' && sub !== undefined))
      return { status: 404, body: { code: 'no-such-path' } }
    return read(books, { what, id: decodeURIComponent(id), sub }, happens)
  }
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
