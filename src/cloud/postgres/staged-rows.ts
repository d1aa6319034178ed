import type { TradeRow } from '../../core/reconciliation'
import type { DateText } from '../../core/time'
import type { DayPosting } from '../billers/biller'
import { type Database, onlyRow, statement } from './database'

/** The try of a day's file that rows belong to. */
export type FileTry = { ownerId: string; day: DateText; attempt: number }

/** A row with the payment that it belongs to. */
export type StagedTrade = TradeRow & { paymentId: string }
export type StagedPosting = DayPosting & { paymentId: string; itemNo: number }

const TRADES = statement(
  'trades-stage',
  `insert into staged_trade (owner_id, day, attempt, payment_id, order_number, transaction_id, refund_number,
     wechat_refund_id, amount_fen, settled_fen, fee_mills, trade_at)
   select $1, $2::date, $3::int, p, o, t, r, w, a, s, f, to_timestamp(d / 1000.0)
   from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[],
     $11::bigint[], $12::bigint[]) as u (p, o, t, r, w, a, s, f, d)`,
)
const POSTINGS = statement(
  'postings-stage',
  `insert into staged_posting (owner_id, day, attempt, payment_id, item_no, posting_id, posting_number, amount_fen,
     posted_at)
   select $1, $2::date, $3::int, p, i, q, n, a, to_timestamp(d / 1000.0)
   from unnest($4::text[], $5::int[], $6::text[], $7::text[], $8::bigint[], $9::bigint[]) as u (p, i, q, n, a, d)`,
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
  database: Database,
  { ownerId, day, attempt }: FileTry,
  rows: readonly StagedTrade[],
): Promise<void> {
  await database.run(TRADES, [
    ownerId,
    day,
    attempt,
    texts(rows, (row) => row.paymentId),
    texts(rows, (row) => row.orderNumber),
    texts(rows, (row) => row.transactionId),
    texts(rows, (row) => row.refundNumber),
    texts(rows, (row) => row.wechatRefundId),
    numbers(rows, (row) => row.amount),
    numbers(rows, (row) => row.settled),
    numbers(rows, (row) => row.feeMills),
    numbers(rows, (row) => row.at),
  ])
}

export async function stagePostings(
  database: Database,
  { ownerId, day, attempt }: FileTry,
  rows: readonly StagedPosting[],
): Promise<void> {
  await database.run(POSTINGS, [
    ownerId,
    day,
    attempt,
    texts(rows, (row) => row.paymentId),
    numbers(rows, (row) => row.itemNo),
    texts(rows, (row) => row.postingId),
    texts(rows, (row) => row.postingNumber),
    numbers(rows, (row) => row.amount),
    numbers(rows, (row) => row.postedAt),
  ])
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

/** An array as PostgreSQL reads it: one text of thousands of values costs less than a list of them. */
function texts<Row>(rows: readonly Row[], of: (row: Row) => string): string {
  let text = '{'
  for (const row of rows) {
    const value = of(row)
    text += `${text.length === 1 ? '' : ','}"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`
  }
  return `${text}}`
}

function numbers<Row>(rows: readonly Row[], of: (row: Row) => number): string {
  return `{${rows.map(of).join(',')}}`
}
