import type { DateText } from '../../../core/time'
import type {
  Biller,
  BillerAccount,
  BillerBill,
  DayPosting,
  Posting,
  PostingLine,
  PostingOutcome,
  Reversal,
  ReversalOutcome,
} from '../biller'

/** What a hosted biller needs of our own database: its bills live here. */
export type HostedBooks = {
  findAccount: (accountNumber: string) => Promise<BillerAccount | null>
  bills: (accountNumber: string) => Promise<BillerBill[]>
  /** Records the posting once; the same id again gives what was recorded. */
  record: (posting: Posting) => Promise<PostingOutcome>
  recorded: (postingId: string) => Promise<PostingOutcome | { state: 'absent' }>
  /** Takes a recorded posting back, once per reversal id. */
  reverse: (reversal: Reversal) => Promise<ReversalOutcome>
  /** What was recorded on a day, by its time, from behind this one on; none at the end. */
  ofDay: (day: DateText, after: DayPosting | undefined) => Promise<DayPosting[]>
}

/** A biller without a system of its own, whose bills are imported from a file and kept here. */
export function createHostedBiller(books: HostedBooks): Biller {
  return {
    findAccount: books.findAccount,
    bills: books.bills,
    post: (posting) => books.record(posting),
    postingStatus: books.recorded,
    reverse: books.reverse,
    readPostings: async (day, taker) => {
      let rows = 0
      for (let last: DayPosting | undefined; ; ) {
        const piece = await books.ofDay(day, last)
        last = piece.at(-1)
        if (last === undefined) return { state: 'read', rows, digest: '' }
        for (const posting of piece) taker.line(lineOf(posting))
        await taker.pause()
        rows += piece.length
      }
    },
  }
}

function lineOf(posting: DayPosting): PostingLine {
  const { postingId, postingNumber, amount } = posting
  return { number: postingId, theirs: postingNumber, amount, row: () => posting }
}
