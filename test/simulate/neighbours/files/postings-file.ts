import type { Biller, DayPosting, PostingLine } from '../../../../src/cloud/billers/biller'
import type { Fen } from '../../../../src/core/money'
import { dayOf } from '../../calendar'
import type { BookedPosting } from '../biller'
import { type FileShelf, lineByLine } from './flaws'

/** A biller's file of a day, off its book. */
export function postingsFile(
  billerId: string,
  postings: ReadonlyMap<string, BookedPosting>,
  shelf: FileShelf,
  /** An item that somebody paid somewhere: what a biller may have credited past us. */
  someItem: () => string | undefined,
): Biller['readPostings'] {
  return async (day, taker) => {
    const booked = [...postings.values()].flatMap(({ posting, outcome }): DayPosting[] => {
      if (outcome.state !== 'posted') return []
      const { postingNumber, postedAt } = outcome
      return [{ postingId: posting.postingId, postingNumber, amount: posting.amount, postedAt }]
    })
    const rows = booked.filter(({ postedAt }) => dayOf(postedAt) === day)
    const [ofAnotherDay] = booked.filter(({ postedAt }) => dayOf(postedAt) !== day)
    return shelf.hand(
      {
        ...{ ownerId: billerId, source: 'postings', day, rows },
        aboutOf: ({ postingId }) => postingId,
        differing: (row, how) =>
          how < 0.5
            ? { ...row, amount: (row.amount + 1) as Fen }
            : { ...row, postingNumber: `${row.postingNumber}-of-another` },
        strange: (how) =>
          how > 0.7 && ofAnotherDay
            ? ofAnotherDay
            : {
                postingId: strangeId(billerId, day, how < 0.6 ? someItem() : undefined, rows),
                postingNumber: `P-${day}`,
                amount: 100 as Fen,
                postedAt: Date.parse(`${day}T12:00:00+08:00`),
              },
      },
      lineByLine(taker, postingLine),
    )
  }
}

function postingLine(row: DayPosting): PostingLine {
  const { postingId, postingNumber, amount } = row
  return { number: postingId, theirs: postingNumber, amount, row: () => row }
}

/** Some item that is in none of the rows, or nothing that we know. */
function strangeId(
  billerId: string,
  day: string,
  item: string | undefined,
  rows: readonly DayPosting[],
): string {
  const isListed = rows.some(({ postingId }) => postingId === item)
  return item === undefined || isListed ? `strange-${billerId}-${day}` : item
}
