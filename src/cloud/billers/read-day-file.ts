import { createHash } from 'node:crypto'
import { lineSplitter } from '../../core/lines'
import { fen } from '../../core/money'
import type { DateText } from '../../core/time'
import type { DayPosting, PostingsOutcome } from './biller'
import { BillerFault } from './biller-fault'
import type { HttpBillerSettings } from './http-biller'
import { isSigned, signedHeaders } from './sign-message'

/** A biller makes its file before it answers. */
const FIRST_WORD_MS = 20_000
const HEADER = 'posting_id,posting_number,amount_fen,posted_at'
const ROW = /^([\w.-]{1,64}),([\w./-]{1,64}),(\d{1,15}),(\d{13})$/
const TOTAL = /^#total,(\d{1,12}),(\d{1,15})$/

/**
 * Reads the biller's file of a day while it comes: `GET /days/{date}/postings` of the open biller
 * protocol. Its header, its last line and the signature over the whole are checked; whatever is wrong
 * refuses all of it. Throws BillerFault when there was no answer to read.
 */
export async function readDayFile(
  settings: HttpBillerSettings,
  day: DateText,
  take: (postings: DayPosting[]) => Promise<void>,
): Promise<PostingsOutcome> {
  const url = new URL(`${settings.baseUrl.replace(/\/$/, '')}/days/${day}/postings`)
  const headers = signedHeaders(settings.ourKey, `GET ${url.pathname}`, '', settings.now())
  const response = await answerTo(settings.billerId, url, headers)
  const answeredAt = settings.now()
  if (response.status === 202)
    return { state: 'refused', refusal: 'not-ready', detail: 'answer 202' }
  if (response.status !== 200 || response.body === null)
    throw new BillerFault(settings.billerId, `the day’s postings were answered ${response.status}`)
  const hash = createHash('sha256')
  const table = dayTable()
  const text = new TextDecoder()
  try {
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      hash.update(bytes)
      table.take(text.decode(bytes, { stream: true }))
      await take(table.taken())
    }
    table.end()
  } catch (error) {
    if (error instanceof BadTable) return { state: 'refused', ...error.why }
    if (!isBroken(error)) throw error
    return { state: 'refused', refusal: 'cut-short', detail: 'the connection broke' }
  }
  const digest = hash.digest('hex')
  const subject = `ANSWER 200 ${headers['wanjia-nonce']}`
  const signed = { subject, digest, keys: settings.billerKeys, now: answeredAt }
  if (!isSigned((name) => response.headers.get(name), signed))
    throw new BillerFault(settings.billerId, 'the day’s postings are unsigned')
  await take(table.taken())
  return { state: 'read', rows: table.rows(), digest }
}

async function answerTo(
  billerId: string,
  url: URL,
  headers: Record<string, string>,
): Promise<Response> {
  const waiting = new AbortController()
  const timer = setTimeout(() => waiting.abort(), FIRST_WORD_MS)
  try {
    return await fetch(url, { headers, signal: waiting.signal })
  } catch (error) {
    throw new BillerFault(billerId, 'the day’s postings had no answer', error)
  } finally {
    clearTimeout(timer)
  }
}

/** How fetch says that the connection broke in the middle of a body. */
function isBroken(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'terminated'
}

class BadTable extends Error {
  constructor(readonly why: { refusal: 'cut-short' | 'bad-row' | 'bad-sum'; detail: string }) {
    super(why.detail)
  }
}

function dayTable() {
  let postings: DayPosting[] = []
  let rows = 0
  let sum = 0
  let isFirst = true
  let isEnded = false
  const bad = (refusal: 'cut-short' | 'bad-row' | 'bad-sum', detail: string) =>
    new BadTable({ refusal, detail })

  const lines = lineSplitter((line) => {
    if (isFirst) {
      isFirst = false
      if (line !== HEADER) throw bad('bad-row', `a header of ${line.slice(0, 80)}`)
      return
    }
    if (isEnded) throw bad('bad-row', 'a line after the total')
    const total = TOTAL.exec(line)
    if (total !== null) {
      isEnded = true
      if (Number(total[1]) !== rows || Number(total[2]) !== sum)
        throw bad('bad-sum', `${rows} rows of ${sum}, not ${total[1]} of ${total[2]}`)
      return
    }
    const [, postingId, postingNumber, amount, postedAt] = ROW.exec(line) ?? []
    if (postingId === undefined || postingNumber === undefined)
      throw bad('bad-row', `line ${rows + 2}`)
    rows += 1
    sum += Number(amount)
    postings.push({
      postingId,
      postingNumber,
      amount: fen(Number(amount)),
      postedAt: Number(postedAt),
    })
  })
  return {
    take: lines.take,
    end: (): void => {
      if (!isEnded) throw bad('cut-short', 'the total is missing')
      lines.end()
    },
    /** What was read since. */
    taken: (): DayPosting[] => {
      const taken = postings
      postings = []
      return taken
    },
    rows: () => rows,
  }
}
