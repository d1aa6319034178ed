import type { TradeRow } from '../../core/reconciliation'
import type { DateText, Instant } from '../../core/time'
import type { DayPosting } from '../billers/biller'
import {
  type Database,
  loaded,
  loading,
  onlyRow,
  type Session,
  statement,
  timestamp,
} from './database'

/** The try of a day's file that rows belong to. */
export type FileTry = { ownerId: string; day: DateText; attempt: number }

/** A row with the payment that it belongs to. */
export type StagedTrade = TradeRow & { paymentId: string }
export type StagedPosting = DayPosting & { paymentId: string; itemNo: number }

const TRADES = loading(
  'trades-stage',
  'staged_trade',
  `owner_id, day, attempt, payment_id, order_number, transaction_id, refund_number, wechat_refund_id, amount_fen,
   settled_fen, fee_mills, trade_at`,
)
const POSTINGS = loading(
  'postings-stage',
  'staged_posting',
  'owner_id, day, attempt, payment_id, item_no, posting_id, posting_number, amount_fen, posted_at',
)
const COUNT = {
  trade: statement(
    'trades-count',
    'select count(*)::int as rows from staged_trade where owner_id = $1 and day = $2::date and attempt = $3::int',
  ),
  postings: statement(
    'postings-count',
    'select count(*)::int as rows from staged_posting where owner_id = $1 and day = $2::date and attempt = $3::int',
  ),
}
const CLEAR = {
  trade: statement(
    'trades-clear',
    'delete from staged_trade where owner_id = $1 and day <= $2::date',
  ),
  postings: statement(
    'postings-clear',
    'delete from staged_posting where owner_id = $1 and day <= $2::date',
  ),
}

/** Adds rows of a try that is being read; they count once the whole file was. */
export async function stageTrades(
  session: Session,
  to: FileTry,
  rows: readonly StagedTrade[],
): Promise<void> {
  const head = headOf(to)
  const momentOf = momentWriter()
  let lines = ''
  for (const row of rows) {
    const texts = `${loaded(row.orderNumber)}\t${loaded(row.transactionId)}\t${loaded(row.refundNumber)}`
    const refund = row.wechatRefundId === '' ? '' : loaded(row.wechatRefundId)
    const numbers = `${row.amount}\t${row.settled}\t${row.feeMills}`
    lines += `${head}${loaded(row.paymentId)}\t${texts}\t${refund}\t${numbers}\t${momentOf(row.at)}\n`
  }
  await session.load(TRADES, lines)
}

export async function stagePostings(
  session: Session,
  to: FileTry,
  rows: readonly StagedPosting[],
): Promise<void> {
  const head = headOf(to)
  const momentOf = momentWriter()
  let lines = ''
  for (const row of rows) {
    const texts = `${row.itemNo}\t${loaded(row.postingId)}\t${loaded(row.postingNumber)}`
    lines += `${head}${loaded(row.paymentId)}\t${texts}\t${row.amount}\t${momentOf(row.postedAt)}\n`
  }
  await session.load(POSTINGS, lines)
}

const headOf = ({ ownerId, day, attempt }: FileTry): string =>
  `${loaded(ownerId)}\t${day}\t${attempt}\t`

const HOUR_MS = 3_600_000

const two = (number: number): string => (number < 10 ? `0${number}` : `${number}`)

/** Writes moments as PostgreSQL reads them. Those of a file lie close together, so an hour's text is kept. */
function momentWriter(): (at: Instant) => string {
  let from = Number.NaN
  let hour = ''
  return (at) => {
    if (!(at >= from && at < from + HOUR_MS)) {
      from = at - (at % HOUR_MS)
      hour = timestamp(from).slice(0, 14)
    }
    const rest = at - from
    return `${hour}${two(Math.floor(rest / 60_000))}:${two((rest % 60_000) / 1000)}Z`
  }
}

/** How many rows of a try are there: fewer than were read when the server crashed in between. */
export async function countStaged(
  database: Database,
  source: 'trade' | 'postings',
  { ownerId, day, attempt }: FileTry,
): Promise<number> {
  return onlyRow(await database.run<{ rows: number }>(COUNT[source], [ownerId, day, attempt])).rows
}

/** Forgets the rows of a matched day, and what tries before it left. */
export async function clearStaged(
  database: Database,
  source: 'trade' | 'postings',
  { ownerId, day }: Pick<FileTry, 'ownerId' | 'day'>,
): Promise<void> {
  await database.run(CLEAR[source], [ownerId, day])
}
