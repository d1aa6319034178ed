import type { BooksContents } from './books'

const OFFSET_MS = 8 * 3_600_000

/** What was credited on a day in Beijing, as the protocol writes it: a header, a line each, their total. */
export function dayFileOf(credits: BooksContents['credits'], day: string, sumOff = 0): string {
  const lines: string[] = ['posting_id,posting_number,amount_fen,posted_at']
  let sum = sumOff
  for (const { posting, outcome } of credits) {
    if (outcome.state !== 'posted') continue
    if (new Date(outcome.postedAt + OFFSET_MS).toISOString().slice(0, 10) !== day) continue
    sum += posting.amount
    lines.push([posting.postingId, outcome.postingNumber, posting.amount, outcome.postedAt].join())
  }
  return `${lines.join('\n')}\n#total,${lines.length - 1},${sum}\n`
}
