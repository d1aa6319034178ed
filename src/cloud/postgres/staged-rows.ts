import type { TradeRow } from '../../core/reconciliation'
import type { DateText } from '../../core/time'
import type { DayPosting } from '../billers/biller'
import {
  type Database,
  loaded,
  loading,
  onlyRow,
  type Session,
  type Statement,
  statement,
} from './database'

/** The try of a day's file that rows belong to. */
export type FileTry = { ownerId: string; day: DateText; attempt: number }

const TRADES = loading(
  'trades-stage',
  'staged_trade',
  `owner_id, day, attempt, payment_id, order_number, transaction_id, refund_number, wechat_refund_id, amount_fen,
   settled_fen, fee_mills, trade_ms, is_again`,
)
const POSTINGS = loading(
  'postings-stage',
  'staged_posting',
  'owner_id, day, attempt, payment_id, item_no, posting_id, posting_number, amount_fen, posted_ms, is_again',
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

/** A line that is left of a file; `isAgain` when the one before it had its counterpart. */
export type Left<Row> = Row & { isAgain: boolean }

/** Takes the rows of a try that is being read; they count once the whole file was. */
export type Stage<Row> = {
  take: (rows: readonly Row[]) => Promise<void>
  /** After the last row: what is not written away yet is. */
  end: () => Promise<void>
}

export function tradeStage(session: Session, to: FileTry): Stage<Left<TradeRow>> {
  const head = headOf(to)
  return stage(session, TRADES, (row) => {
    const texts = `${loaded(row.orderNumber)}\t${loaded(row.transactionId)}\t${loaded(row.refundNumber)}`
    const refund = row.wechatRefundId === '' ? '' : loaded(row.wechatRefundId)
    const numbers = `${row.amount}\t${row.settled}\t${row.feeMills}`
    return `${head}${loaded(row.orderNumber.slice(0, HEAD))}\t${texts}\t${refund}\t${numbers}\t${row.at}\t${row.isAgain}\n`
  })
}

export function postingStage(session: Session, to: FileTry): Stage<Left<DayPosting>> {
  const head = headOf(to)
  return stage(session, POSTINGS, (row) => {
    const texts = `${itemNoOf(row.postingId)}\t${loaded(row.postingId)}\t${loaded(row.postingNumber)}`
    return `${head}${loaded(row.postingId.slice(0, HEAD))}\t${texts}\t${row.amount}\t${row.postedAt}\t${row.isAgain}\n`
  })
}

/** The head of every number of ours is the payment's id; of a number that is not ours, whatever it is. */
const HEAD = 26

/** Behind the payment's id and a dash comes the item's number; 0 for a posting that is not ours. */
function itemNoOf(postingId: string): string {
  const itemNo = postingId.slice(HEAD + 1)
  return postingId[HEAD] === '-' && /^[1-9]\d{0,3}$/.test(itemNo) ? itemNo : '0'
}

/** Some thousand rows. */
const ROOM = 512 * 1024
/** A UTF-16 unit takes no more in UTF-8. */
const MOST_BYTES = 3

/**
 * Rows become bytes at once, in two places that are used in turn: while the database takes what is in the
 * one the next rows come into the other. Of a million rows none is kept.
 */
function stage<Row>(session: Session, into: Statement, lineOf: (row: Row) => string): Stage<Row> {
  const rooms = [Buffer.allocUnsafe(ROOM), Buffer.allocUnsafe(ROOM)] as const
  let turn: 0 | 1 = 0
  let used = 0
  let loading: Promise<void> = Promise.resolve()
  const load = async (): Promise<void> => {
    await loading
    loading = session.load(into, rooms[turn].subarray(0, used))
    // Whoever waits for it next hears of it.
    loading.catch(() => undefined)
    turn = turn === 0 ? 1 : 0
    used = 0
  }
  return {
    take: async (rows) => {
      for (const row of rows) {
        const line = lineOf(row)
        if (used + line.length * MOST_BYTES > ROOM) await load()
        if (line.length * MOST_BYTES > ROOM)
          throw new RangeError(`a row of ${line.length} characters`)
        used += rooms[turn].write(line, used)
      }
    },
    end: async () => {
      if (used > 0) await load()
      await loading
    },
  }
}

const headOf = ({ ownerId, day, attempt }: FileTry): string =>
  `${loaded(ownerId)}\t${day}\t${attempt}\t`

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
