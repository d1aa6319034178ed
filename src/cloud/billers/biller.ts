import type { FileLine, LineTaker } from '../../core/file-line'
import type { Fen } from '../../core/money'
import type { Quantity } from '../../core/quantity'
import type { BillLine } from '../../core/tariff/compute-bill'
import type { DateText, Instant, MonthText } from '../../core/time'

/** A utility's own system, wherever it is. Every call throws BillerFault when the outcome is unknown. */
export interface Biller {
  /** Null when the biller has no such account. */
  findAccount(accountNumber: string): Promise<BillerAccount | null>
  /** All bills that the biller still shows, oldest first; none when it has no such account. */
  bills(accountNumber: string): Promise<BillerBill[]>
  /** Credits a bill, once per posting id; the same id again gives the same outcome. */
  post(posting: Posting): Promise<PostingOutcome>
  postingStatus(postingId: string): Promise<PostingOutcome | { state: 'absent' }>
  /** Takes a credit back, or a part of it, once per reversal id; the same id again gives the same outcome. */
  reverse(reversal: Reversal): Promise<ReversalOutcome>
  /**
   * All that the biller credited on a day, handed on line by line while it comes; gives how it ended, and
   * nothing of it counts before it ended well.
   */
  readPostings(day: DateText, taker: LineTaker<PostingLine>): Promise<PostingsOutcome>
}

/** A line of a biller's daily file. */
export type DayPosting = {
  postingId: string
  postingNumber: string
  amount: Fen
  postedAt: Instant
}
/** By its posting id and the biller's number. */
export type PostingLine = FileLine<DayPosting>
export type PostingsOutcome =
  | { state: 'read'; rows: number; digest: string }
  | { state: 'refused'; refusal: 'not-ready' | 'cut-short' | 'bad-row' | 'bad-sum'; detail: string }

export type BillerAccount = {
  accountNumber: string
  holderName: string
  address: string
  phone?: string | undefined
  meterNumber: string
  people: number
  state: 'active' | 'suspended'
  /** Prepaid meters: money not used yet. */
  prepaidBalance?: Fen | undefined
  lastPaidAmount?: Fen | undefined
}

export type BillerBill = {
  billId: string
  revision: number
  month: MonthText
  periodFrom: DateText
  periodTo: DateText
  issuedOn: DateText
  noticeOn?: DateText | undefined
  dueOn: DateText
  previousReading: Quantity
  currentReading: Quantity
  readOn: DateText
  readKind: 'actual' | 'estimated'
  usage: Quantity
  usedBefore: Quantity
  lines: BillLine[]
  principal: Fen
  tariffVersion: string
  status: 'due' | 'paid' | 'void'
}

export type Posting = {
  postingId: string
  accountNumber: string
  billId: string
  revision: number
  principal: Fen
  lateFee: Fen
  amount: Fen
  quotedAt: Instant
  paidAt: Instant
  transactionId: string
}

/** Why a biller does not take a payment: families of answers that billers' channels tell apart. */
export const REJECTIONS = [
  'no-such-account',
  'nothing-owed',
  'amount-differs',
  'already-credited',
  'past-acceptance',
  'batch-deduction',
  'not-allowed-online',
  'closed-window',
] as const
export type Rejection = (typeof REJECTIONS)[number]

export type Reversal = {
  /** The number of the refund that it is for. */
  reversalId: string
  postingId: string
  amount: Fen
}

/** Why a biller does not take a credit back. */
export const REVERSAL_REFUSALS = ['no-such-posting', 'more-than-posted', 'not-allowed'] as const
export type ReversalRefusal = (typeof REVERSAL_REFUSALS)[number]

export type ReversalOutcome =
  | { state: 'reversed'; reversalNumber: string; reversedAt: Instant }
  | { state: 'refused'; code: ReversalRefusal }

export type PostingOutcome =
  | { state: 'posted'; postingNumber: string; postedAt: Instant }
  | { state: 'rejected'; code: Rejection }
