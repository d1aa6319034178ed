import type { z } from 'zod'
import type { Biller, Posting, PostingOutcome } from './biller'
import { BillerFault } from './biller-fault'
import {
  accountSchema,
  billsSchema,
  errorSchema,
  outcomeSchema,
  reversalSchema,
  statusSchema,
} from './protocol-schemas'
import { readDayFile } from './read-day-file'
import { digestOf, isSigned, type SigningKey, signedHeaders } from './sign-message'

export type HttpBillerSettings = {
  billerId: string
  /** May carry a path of its own, which every request's signature covers. */
  baseUrl: string
  /** Our key, known to the biller. */
  ourKey: SigningKey
  /** The biller's public keys (PEM) by id. */
  billerKeys: Readonly<Record<string, string>>
  now: () => number
}

const TIMEOUT_MS = 8_000

type Method = 'GET' | 'POST' | 'PUT'
type Answer = { status: number; body: unknown }

/** A biller that speaks the open protocol, signed both ways. Anything unclear is a BillerFault. */
export function createHttpBiller(settings: HttpBillerSettings): Biller {
  const ask = (method: Method, path: string, body?: object) =>
    exchange(settings, { method, path, body })
  const read = <Schema extends z.ZodType>(schema: Schema, answer: Answer): z.output<Schema> => {
    const parsed = schema.safeParse(answer.body)
    if (answer.status !== 200 || !parsed.success) {
      throw new BillerFault(settings.billerId, `unreadable answer ${answer.status}`, parsed.error)
    }
    return parsed.data
  }
  return {
    findAccount: async (accountNumber) => {
      const answer = await ask('GET', `/accounts/${encodeURIComponent(accountNumber)}`)
      return hasNoAccount(answer) ? null : read(accountSchema, answer)
    },
    bills: async (accountNumber) => {
      const answer = await ask('GET', `/accounts/${encodeURIComponent(accountNumber)}/bills`)
      return hasNoAccount(answer) ? [] : read(billsSchema, answer).bills
    },
    post: (posting) => post(ask, read, posting),
    postingStatus: async (postingId) =>
      read(statusSchema, await ask('GET', `/postings/${encodeURIComponent(postingId)}`)),
    reverse: async ({ reversalId, ...reversal }) => {
      const path = `/reversals/${encodeURIComponent(reversalId)}`
      return read(reversalSchema, await ask('PUT', path, reversal))
    },
    readPostings: (day, taker) => readDayFile(settings, day, taker),
  }
}

/** A 404 of another kind is a wrong address, not a word about an account. */
function hasNoAccount({ status, body }: Answer): boolean {
  const error = errorSchema.safeParse(body)
  return status === 404 && error.success && error.data.code === 'no-such-account'
}

/** 409 says that this posting id was seen before; its status then says what became of it. */
async function post(
  ask: (method: Method, path: string, body?: object) => Promise<Answer>,
  read: <Schema extends z.ZodType>(schema: Schema, answer: Answer) => z.output<Schema>,
  posting: Posting,
): Promise<PostingOutcome> {
  const answer = await ask('POST', '/postings', posting)
  if (answer.status !== 409) return read(outcomeSchema, answer)
  return read(outcomeSchema, await ask('GET', `/postings/${encodeURIComponent(posting.postingId)}`))
}

async function exchange(
  settings: HttpBillerSettings,
  { method, path, body }: { method: Method; path: string; body?: object | undefined },
): Promise<Answer> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const url = new URL(`${settings.baseUrl.replace(/\/$/, '')}${path}`)
  const subject = `${method} ${url.pathname}${url.search}`
  const headers = signedHeaders(settings.ourKey, subject, text, settings.now())
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...(text === '' ? {} : { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(text === '' ? {} : { body: text }),
    })
    const answer = await response.text()
    const answered = `ANSWER ${response.status} ${headers['wanjia-nonce']}`
    const held = {
      subject: answered,
      digest: digestOf(answer),
      keys: settings.billerKeys,
      now: settings.now(),
    }
    if (!isSigned((name) => response.headers.get(name), held)) {
      throw new BillerFault(settings.billerId, `unsigned answer ${response.status}`)
    }
    return {
      status: response.status,
      body: answer === '' ? undefined : (JSON.parse(answer) as unknown),
    }
  } catch (error) {
    if (error instanceof BillerFault) throw error
    throw new BillerFault(settings.billerId, `${method} ${path.split('/')[1]} had no answer`, error)
  }
}
