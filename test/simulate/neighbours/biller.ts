import type {
  Biller,
  BillerAccount,
  BillerBill,
  Posting,
  PostingOutcome,
} from '../../../src/cloud/billers/biller'
import { BillerFault } from '../../../src/cloud/billers/biller-fault'
import type { Fen } from '../../../src/core/money'
import type { PlannedAccount } from '../plan'
import { accountAtBiller, billAtBiller } from './biller-bills'
import type { FileShelf } from './files/flaws'
import { postingsFile } from './files/postings-file'

export type BookedPosting = { posting: Posting; outcome: PostingOutcome }
export type BillerBook = ReturnType<typeof createBillerBook>

/** A biller as a book of bills and postings. A bill’s revision is credited once, whoever asks. */
export function createBillerBook(
  { billerId, planned }: { billerId: string; planned: readonly PlannedAccount[] },
  world: {
    now: () => number
    refuses: (posting: Posting) => boolean
    /** What was credited is in the biller’s books no more when it makes its daily file. */
    loses: (postingId: string) => boolean
    /** Until when nobody hears of this posting, which is in the books. */
    unheardUntil: (postingId: string) => number
    someItem: () => string | undefined
    shelf: FileShelf
  },
) {
  const accounts = new Map<string, BillerAccount>(
    planned.map((account) => [account.accountNumber, accountAtBiller(account)]),
  )
  const bills = new Map<string, BillerBill[]>(
    planned.map((account) => [account.accountNumber, account.bills.map(billAtBiller)]),
  )
  const postings = new Map<string, BookedPosting>()
  const breaches: string[] = []
  const lost = new Set<string>()

  const find = (billId: string): BillerBill | undefined =>
    [...bills.values()].flat().find((bill) => bill.billId === billId)
  const put = (bill: BillerBill): void => {
    for (const [number, own] of bills)
      bills.set(
        number,
        own.map((one) => (one.billId === bill.billId ? bill : one)),
      )
  }
  const isCredited = ({ billId, revision }: Posting): boolean =>
    [...postings.values()].some(
      (one) =>
        one.outcome.state === 'posted' &&
        one.posting.billId === billId &&
        one.posting.revision === revision,
    )
  const outcomeFor = (posting: Posting): PostingOutcome => {
    const bill = find(posting.billId)
    if (isCredited(posting)) return { state: 'rejected', code: 'already-credited' }
    if (bill?.status !== 'due') return { state: 'rejected', code: 'nothing-owed' }
    if (bill.revision !== posting.revision) return { state: 'rejected', code: 'amount-differs' }
    if (world.refuses(posting)) return { state: 'rejected', code: 'not-allowed-online' }
    put({ ...bill, status: 'paid' })
    return { state: 'posted', postingNumber: `P${posting.postingId}`, postedAt: world.now() }
  }

  const loseSome = (): void => {
    for (const [postingId, { posting, outcome }] of postings) {
      const bill = find(posting.billId)
      if (outcome.state !== 'posted' || bill?.status !== 'paid' || lost.has(postingId)) continue
      if (!world.loses(postingId)) continue
      postings.delete(postingId)
      put({ ...bill, status: 'due' })
      lost.add(postingId)
    }
  }
  const readFile = postingsFile(billerId, postings, world.shelf, world.someItem)

  const hear = (postingId: string): void => {
    if (world.now() < world.unheardUntil(postingId)) throw new BillerFault(billerId, 'no answer')
  }

  const port: Biller = {
    findAccount: async (number) => accounts.get(number) ?? null,
    bills: async (number) => bills.get(number) ?? [],
    post: async (posting) => {
      const known = postings.get(posting.postingId)
      if (known !== undefined) hear(posting.postingId)
      if (known !== undefined) {
        if (JSON.stringify(known.posting) !== JSON.stringify(posting))
          breaches.push(`posting ${posting.postingId} came again with other contents`)
        return known.outcome
      }
      const outcome = outcomeFor(posting)
      postings.set(posting.postingId, { posting, outcome })
      hear(posting.postingId)
      return outcome
    },
    postingStatus: async (postingId) => {
      const known = postings.get(postingId)
      if (known === undefined) return { state: 'absent' }
      hear(postingId)
      return known.outcome
    },
    reverse: () => Promise.reject(new Error('nobody takes a credit back here')),
    readPostings: async (day, take) => {
      loseSome()
      return readFile(day, take)
    },
  }
  return {
    port,
    postings,
    breaches,
    /** Postings that were in the books and went away; some are there again. */
    lost,
    /** The bill is read anew, paid at a counter, or taken back; only what is owed can change. */
    change: (billId: string, how: { principal: number } | 'paid' | 'void'): boolean => {
      const bill = find(billId)
      if (bill?.status !== 'due') return false
      const changed =
        typeof how === 'string'
          ? { status: how }
          : { revision: bill.revision + 1, principal: how.principal as Fen }
      put({ ...bill, ...changed })
      return true
    },
  }
}
