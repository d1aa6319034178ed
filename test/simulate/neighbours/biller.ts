import type { Biller, Posting, PostingOutcome } from '../../../src/cloud/billers/biller'
import { postingsFile } from './daily-files'

export type BookedPosting = { posting: Posting; outcome: PostingOutcome }
export type BillerBook = ReturnType<typeof createBillerBook>

/** A biller as a book of postings. A bill’s revision is credited once, whoever asks. */
export function createBillerBook(world: {
  now: () => number
  refuses: (posting: Posting) => boolean
}) {
  const postings = new Map<string, BookedPosting>()
  const breaches: string[] = []

  const isCredited = ({ billId, revision }: Posting): boolean =>
    [...postings.values()].some(
      (one) =>
        one.outcome.state === 'posted' &&
        one.posting.billId === billId &&
        one.posting.revision === revision,
    )
  const outcomeFor = (posting: Posting): PostingOutcome => {
    if (isCredited(posting)) return { state: 'rejected', code: 'already-credited' }
    if (world.refuses(posting)) return { state: 'rejected', code: 'nothing-owed' }
    return { state: 'posted', postingNumber: `P${posting.postingId}`, postedAt: world.now() }
  }

  const port: Biller = {
    findAccount: () => Promise.reject(new Error('nobody looks an account up here')),
    bills: () => Promise.reject(new Error('nobody asks for bills here')),
    post: async (posting) => {
      const known = postings.get(posting.postingId)
      if (known !== undefined) {
        if (JSON.stringify(known.posting) !== JSON.stringify(posting))
          breaches.push(`posting ${posting.postingId} came again with other contents`)
        return known.outcome
      }
      const outcome = outcomeFor(posting)
      postings.set(posting.postingId, { posting, outcome })
      return outcome
    },
    postingStatus: async (postingId) => postings.get(postingId)?.outcome ?? { state: 'absent' },
    reverse: () => Promise.reject(new Error('nobody takes a credit back here')),
    readPostings: postingsFile(postings),
  }
  return { port, postings, breaches }
}
