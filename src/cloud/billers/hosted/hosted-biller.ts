import type { Biller, BillerAccount, BillerBill, PostingOutcome } from '../biller'

/** What a hosted biller needs of our own database: its bills live here. */
export type HostedBooks = {
  findAccount: (accountNumber: string) => Promise<BillerAccount | null>
  bills: (accountNumber: string) => Promise<BillerBill[]>
  /** Records the posting once; the same id again gives what was recorded. */
  record: (
    postingId: string,
    posting: { accountNumber: string; billId: string },
  ) => Promise<PostingOutcome>
  recorded: (postingId: string) => Promise<PostingOutcome | { state: 'absent' }>
}

/** A biller without a system of its own, whose bills are imported from a file and kept here. */
export function createHostedBiller(books: HostedBooks): Biller {
  return {
    findAccount: books.findAccount,
    bills: books.bills,
    post: (posting) => books.record(posting.postingId, posting),
    postingStatus: books.recorded,
  }
}
