import { createHash } from 'node:crypto'
import type { LineTaker } from '../../core/file-line'
import { type Fen, fen } from '../../core/money'
import type { DateText } from '../../core/time'
import { Cell } from '../files/cell'
import { cutLine } from '../files/cut-line'
import { createWholeLines, eachLine } from '../files/whole-lines'
import type { DayPosting, PostingLine, PostingsOutcome } from './biller'
import { BillerFault } from './biller-fault'
import type { HttpBillerSettings } from './http-biller'
import { isSigned, signedHeaders } from './sign-message'

/** A biller makes its file before it answers. */
const FIRST_WORD_MS = 20_000
const HEADER = 'posting_id,posting_number,amount_fen,posted_at'
const TOTAL = /^#total,(\d{1,12}),(\d{1,15})$/

/**
 * Reads the biller's file of a day while it comes: `GET /days/{date}/postings` of the open biller
 * protocol. Its header, its last line and the signature over the whole are checked; whatever is wrong
 * refuses all of it. Throws BillerFault when there was no answer to read.
 */
export async function readDayFile(
  settings: HttpBillerSettings,
  day: DateText,
  taker: LineTaker<PostingLine>,
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
  const table = dayTable(taker)
  try {
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      hash.update(bytes)
      table.take(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
      await taker.pause()
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
  await taker.pause()
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

function dayTable(taker: LineTaker<PostingLine>) {
  const line = new CutLine()
  let rows = 0
  let sum = 0
  let isFirst = true
  let isEnded = false
  const bad = (refusal: 'cut-short' | 'bad-row' | 'bad-sum', detail: string) =>
    new BadTable({ refusal, detail })

  function header(text: string): void {
    isFirst = false
    if (text !== HEADER) throw bad('bad-row', `a header of ${text.slice(0, 80)}`)
  }

  function total(text: string): void {
    const [, toldRows, toldSum] = TOTAL.exec(text) ?? []
    if (toldRows === undefined) throw bad('bad-row', `line ${rows + 2}`)
    isEnded = true
    if (Number(toldRows) !== rows || Number(toldSum) !== sum)
      throw bad('bad-sum', `${rows} rows of ${sum}, not ${toldRows} of ${toldSum}`)
  }

  const lines = createWholeLines((bytes) =>
    eachLine(bytes, (start, end) => {
      if (isEnded) throw bad('bad-row', 'a line after the total')
      if (isFirst) header(bytes.toString('utf8', start, end))
      else if (bytes[start] === MARK) total(bytes.toString('utf8', start, end))
      else if (line.read(bytes, start, end)) {
        rows += 1
        sum += line.amount
        taker.line(line)
      } else throw bad('bad-row', `line ${rows + 2}`)
    }),
  )
  return {
    take: lines.take,
    end: (): void => {
      if (!isEnded) throw bad('cut-short', 'the total is missing')
      lines.end()
    },
    rows: () => rows,
  }
}

/** What the last line begins with. */
const MARK = '#'.charCodeAt(0)
const NUMBER_MOST = 64
const AMOUNT_MOST = 15
const INSTANT = 13

/** What stands in the line that is being read. */
class CutLine implements PostingLine {
  readonly number = new Cell()
  readonly theirs = new Cell()
  amount: Fen = fen(0)
  private readonly amountCell = new Cell()
  private readonly postedAt = new Cell()
  private readonly cells = [this.number, this.theirs, this.amountCell, this.postedAt]

  /** False where the line is none. */
  read(bytes: Buffer, start: number, end: number): boolean {
    if (cutLine(bytes, { start, end }, this.cells) !== this.cells.length) return false
    const { length } = this.amountCell
    if (length === 0 || length > AMOUNT_MOST || this.postedAt.length !== INSTANT) return false
    this.amount = this.amountCell.digits(0, length) as Fen
    const isWhole = !Number.isNaN(this.amount + this.postedAt.digits(0, INSTANT))
    return isWhole && isNumber(this.number) && isNumber(this.theirs)
  }

  row(): DayPosting {
    return {
      postingId: this.number.text(),
      postingNumber: this.theirs.text(),
      amount: this.amount,
      postedAt: this.postedAt.digits(0, INSTANT),
    }
  }
}

/** Up to 64 letters, digits, '_', '.', '/' and '-'. */
function isNumber(cell: Cell): boolean {
  if (cell.length === 0 || cell.length > NUMBER_MOST) return false
  for (let at = 0; at < cell.length; at += 1)
    if (IN_NUMBERS[cell.charCodeAt(at)] !== 1) return false
  return true
}

const IN_NUMBERS = Uint8Array.from({ length: 256 }, (_, code) =>
  /[\w./-]/.test(String.fromCharCode(code)) ? 1 : 0,
)
