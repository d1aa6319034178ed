import type {
  Biller,
  BillerAccount,
  BillerBill,
  Posting,
  PostingOutcome,
  Reversal,
  ReversalOutcome,
} from '../../../src/cloud/billers/biller'
import { BillerFault } from '../../../src/cloud/billers/biller-fault'
import type { Fen } from '../../../src/core/money'
import type { PlannedAccount } from '../plan'
import { accountAtBiller, billAtBiller } from './biller-bills'
import type { FileShelf } from './files/flaws'
import { postingsFile } from './files/postings-file'

export type BookedPosting = { posting: Posting; outcome: PostingOutcome }
type BookedReversal = { reversal: Reversal; outcome: ReversalOutcome }
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
    /** Takes no credit back, by its own rules. */
    refusesReversal: (reversalId: string) => boolean
    /** Took the whole of a credit back: the bill is owed anew. */
    reversed: (posting: Posting) => void
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
  const reversals = new Map<string, BookedReversal>()
  const breaches: string[] = []
  const lost = new Set<string>()
  /** What each posting was credited under, one after another; what was lost and told again has several. */
  const numbersOf = new Map<string, string[]>()

  const find = (billId: string): BillerBill | undefined =>
    [...bills.values()].flat().find((bill) => bill.billId === billId)
  /** What each revision of a bill asked for; fen. */
  const principals = new Map<string, number>()
  const dueRevisionOf = new Map<string, number>()
  for (const bill of [...bills.values()].flat()) remember(bill)
  function remember({ billId, revision, principal, status }: BillerBill): void {
    principals.set(`${billId}/${revision}`, principal)
    if (status === 'due') dueRevisionOf.set(billId, revision)
    else dueRevisionOf.delete(billId)
  }
  const put = (bill: BillerBill): void => {
    remember(bill)
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
    const numbers = numbersOf.get(posting.postingId) ?? []
    const postingNumber = `P${posting.postingId}-${numbers.length}`
    numbersOf.set(posting.postingId, [...numbers, postingNumber])
    return { state: 'posted', postingNumber, postedAt: world.now() }
  }

  const loseSome = (): void => {
    for (const [postingId, { posting, outcome }] of postings) {
      const bill = find(posting.billId)
      if (outcome.state !== 'posted' || bill?.status !== 'paid' || lost.has(postingId)) continue
      if (takenBackOf(reversals, postingId) > 0) continue
      if (!world.loses(postingId)) continue
      postings.delete(postingId)
      put({ ...bill, status: 'due' })
      lost.add(postingId)
    }
  }
  const reversalOf = ({ reversalId, postingId, amount }: Reversal): ReversalOutcome => {
    const booked = postings.get(postingId)
    if (booked?.outcome.state !== 'posted') return { state: 'refused', code: 'no-such-posting' }
    const left = booked.posting.amount - takenBackOf(reversals, postingId)
    if (amount > left) return { state: 'refused', code: 'more-than-posted' }
    if (world.refusesReversal(reversalId)) return { state: 'refused', code: 'not-allowed' }
    const bill = find(booked.posting.billId)
    if (amount === left && bill?.status === 'paid') {
      put({ ...bill, status: 'due', revision: bill.revision + 1 })
      world.reversed(booked.posting)
    }
    return { state: 'reversed', reversalNumber: `V${reversalId}`, reversedAt: world.now() }
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
    reverse: async (reversal) => {
      const known = reversals.get(reversal.reversalId)
      if (known !== undefined && JSON.stringify(known.reversal) !== JSON.stringify(reversal))
        breaches.push(`reversal ${reversal.reversalId} came again with other contents`)
      const outcome = known?.outcome ?? reversalOf(reversal)
      reversals.set(reversal.reversalId, { reversal, outcome })
      return outcome
    },
    readPostings: async (day, taker) => {
      loseSome()
      return readFile(day, taker)
    },
  }
  return {
    port,
    postings,
    reversals,
    numbersOf,
    principals,
    /** The revision of each bill that is owed. */
    dueRevisionOf,
    breaches,
    /** Takes a credit back by nobody’s word here; its number, unless so much is not there any more. */
    reverseByOwnMeans: (postingId: string, amount: Fen): string | undefined => {
      const reversal = { reversalId: `OWN${reversals.size}-${postingId}`, postingId, amount }
      const outcome = reversalOf(reversal)
      if (outcome.state !== 'reversed') return undefined
      reversals.set(reversal.reversalId, { reversal, outcome })
      return outcome.reversalNumber
    },
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

/** How much of a posting was taken back. */
export function takenBackOf(
  reversals: ReadonlyMap<string, BookedReversal>,
  postingId: string,
): number {
  return [...reversals.values()]
    .filter((one) => one.outcome.state === 'reversed' && one.reversal.postingId === postingId)
    .reduce((sum, one) => sum + one.reversal.amount, 0)
}
