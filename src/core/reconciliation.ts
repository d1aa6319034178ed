import { addDays, boundsOf, type DateText, dateOf, type Instant, instantAt } from './time'

/** Why a day's files and our ledger differ. Each difference has exactly one. */
export const DIFFERENCE_REASONS = [
  'wallet-only',
  'ours-only',
  'biller-only',
  'amount-differs',
  'day-cut',
  'refund-not-seen',
  'refund-unknown',
  'fee-differs',
] as const
export type DifferenceReason = (typeof DIFFERENCE_REASONS)[number]

/** What is done about it: nothing that could move money twice, and a person where nothing is safe. */
export type SafeAction = 'post-again' | 'ask' | 'refund' | 'wait' | 'person'

/** Where a difference was seen: between us and WeChat's trade file, its fund flow, or the biller's file. */
export type FileSource = 'trade' | 'fund-flow' | 'postings'

/** More than this is no day's life: the file, or our reading of it, is wrong, and a person looks. */
export const MOST_DIFFERENCES = 20_000

/** A line of WeChat's daily trade file: money that was paid, or begun to be given back. */
export type TradeRow = {
  orderNumber: string
  transactionId: string
  /** Empty for a payment. */
  refundNumber: string
  wechatRefundId: string
  /** The order's amount, of a refund what was asked back; coupons included; fen. */
  amount: number
  /** What reaches the wallet, or leaves it; fen. */
  settled: number
  /** In 1/1000 fen, negative where a refund gives it back. */
  feeMills: number
  at: Instant
}

/** In 1/1000 fen: WeChat rounds each fee to a fen, so that a day of many may differ by half of one each. */
export const HALF_A_FEN = 500

/** Whether a line's fee is the contract's share of what was settled, in parts per million; any where it is unknown. */
export function isFeeOf(
  { settled, feeMills }: Pick<TradeRow, 'settled' | 'feeMills'>,
  feePerMillion: number | null,
): boolean {
  if (feePerMillion === null) return true
  return Math.abs(feeMills * 1000 - settled * feePerMillion) <= HALF_A_FEN * 1000
}

/** What our own books say of the thing that differs; absent where they know nothing of it. */
export type OwnState = {
  payment?: 'created' | 'awaiting' | 'paid' | 'closed' | undefined
  item?: string | undefined
  refund?: string | undefined
  /** Every bill of the payment was paid by another one meanwhile. */
  paidByOthers?: boolean | undefined
}

/** The one safe action for a difference. */
export function safeAction(
  reason: DifferenceReason,
  source: FileSource,
  own: OwnState,
): SafeAction {
  switch (reason) {
    case 'wallet-only':
      return walletOnly(own)
    case 'ours-only':
      // WeChat is asked; the biller is told again under the same posting id, which credits once.
      return source === 'postings' ? 'post-again' : 'ask'
    case 'biller-only':
      return billerOnly(own)
    case 'day-cut':
      return 'wait'
    case 'refund-not-seen':
      return 'ask'
    case 'refund-unknown':
      // Whoever gave it back did so at WeChat: its own word is taken in, once the payment is.
      return own.payment === undefined ? 'person' : 'ask'
    case 'amount-differs':
    case 'fee-differs':
      return 'person'
  }
}

/** WeChat has money that we have not settled: it is asked, and settles; what was paid twice goes back. */
function walletOnly({ payment, paidByOthers }: OwnState): SafeAction {
  if (payment === undefined || payment === 'paid') return 'person'
  return paidByOthers === true ? 'refund' : 'ask'
}

/** The biller credited what we do not hold as posted: its own word finishes an open posting. */
function billerOnly({ payment, item, refund }: OwnState): SafeAction {
  if (payment !== 'paid' || refund !== undefined) return 'person'
  if (item === 'posting') return 'ask'
  return item === 'unposted' ? 'post-again' : 'person'
}

/** Round midnight WeChat, the biller and we may count a payment to different days. */
const CUT_MS = 60 * 60_000

/** True when the instant lies so near to the day's beginning or end that the other day may have it. */
export function isNearCut(at: Instant, day: DateText): boolean {
  const { from, to } = boundsOf(day)
  return Math.abs(at - from) <= CUT_MS || Math.abs(at - to) <= CUT_MS
}

/** WeChat makes a day's files from 09:00 on the next day and advises to fetch after 10:00. */
const READY_AT = '10:00'

/** The last day whose files can be there now. */
export function lastClosedDay(now: Instant): DateText {
  const yesterday = addDays(dateOf(now), -1)
  return now >= instantAt(dateOf(now), READY_AT) ? yesterday : addDays(yesterday, -1)
}

const MINUTE_MS = 60_000

/** When a file that was not there, or was refused, is asked for again: growing, an hour at most. */
export function nextFileAt(now: Instant, attempts: number): Instant {
  const minutes = Math.min(60, 5 * 2 ** Math.max(0, attempts - 1))
  return now + minutes * MINUTE_MS
}
