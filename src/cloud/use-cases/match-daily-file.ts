import { MOST_DIFFERENCES } from '../../core/reconciliation'
import { boundsOf } from '../../core/time'
import { type DailyFile, type FileKey, findFile, finishFile } from '../postgres/daily-files'
import {
  type NewDifference,
  noteDifferences,
  postingMismatches,
  refundMismatches,
  tradeMismatches,
} from '../postgres/differences'
import { clearStaged, countStaged } from '../postgres/staged-rows'
import type { BillerFile, DailyOwner, PayeeFile } from './file-owners'
import { matchFundFlow } from './match-fund-flow'
import { refundDifference, tradeDifference } from './order-differences'
import { type OurSide, ourSideOf } from './our-side'
import type { Ports } from './ports'
import { postingDifference } from './posting-differences'

export type Matching =
  | { state: 'matched'; differences: number }
  | { state: 'refused'; refusal: string; detail: string }

/** Asked so often, an empty file of a day on which we were paid is taken at its word. */
const EMPTY_TRIES = 8

/**
 * Matches a staged file with our books: notes what differs, each with one reason and one safe action,
 * and closes the day. Nothing is written of what agrees. Running it again notes nothing twice.
 */
export async function matchDailyFile(
  ports: Ports,
  owner: DailyOwner,
  key: FileKey,
  attempt: number,
): Promise<Matching> {
  const file = await findFile(ports.database, key)
  if (file?.state !== 'staged') return { state: 'refused', refusal: 'not-ready', detail: 'unread' }
  const found =
    owner.source === 'fund-flow'
      ? await matchFundFlow(ports, key, file)
      : await differences(ports, owner, file)
  if ('refusal' in found) return { state: 'refused', ...found }
  await noteDifferences(ports.database, found, ports.now())
  const matched = { attempt, differences: found.length }
  await finishFile(ports.database, key, matched, ports.now())
  if (owner.source !== 'fund-flow') await clearStaged(ports.database, owner.source, key)
  return { state: 'matched', differences: found.length }
}

type Refused = { refusal: string; detail: string }

async function differences(
  ports: Ports,
  owner: PayeeFile<'trade'> | BillerFile,
  file: DailyFile,
): Promise<NewDifference[] | Refused> {
  const day = {
    ownerId: file.ownerId,
    day: file.day,
    attempt: file.stagedAttempt ?? 0,
    unmet: file.unmet ?? [],
    ...boundsOf(file.day),
  }
  const found =
    owner.source === 'trade'
      ? await orderDifferences(ports, day, owner.feePerMillion)
      : await postingDifferences(ports, day)
  // Whoever was frozen here may find them cleared, since another has matched the day: rows that are
  // still there now were there for all that was found.
  const staged = await countStaged(ports.database, owner.source, day)
  if (staged !== file.leftRows)
    return { refusal: 'rows-lost', detail: `${staged} of ${file.leftRows} rows are there` }
  if (found.length > MOST_DIFFERENCES)
    return { refusal: 'too-many-differences', detail: `more than ${MOST_DIFFERENCES}` }
  if (file.rows === 0 && found.length > 0 && file.attempts < EMPTY_TRIES)
    return { refusal: 'not-ready', detail: `empty, and we have ${found.length}` }
  return found
}

type Day = Parameters<typeof postingMismatches>[1]

async function orderDifferences(
  ports: Ports,
  day: Day,
  feePerMillion: number | null,
): Promise<NewDifference[]> {
  const { trades, refunds } = await ports.database.session(async (session) => ({
    trades: await tradeMismatches(session, { ...day, feePerMillion }, MOST_DIFFERENCES + 1),
    refunds: await refundMismatches(session, day, MOST_DIFFERENCES + 1),
  }))
  return [
    ...(await explained(ports, trades, (one, books) => tradeDifference(day, one, books))),
    ...(await explained(ports, refunds, (one, books) => refundDifference(day, one, books))),
  ]
}

async function postingDifferences(ports: Ports, day: Day): Promise<NewDifference[]> {
  const mismatches = await ports.database.session((session) =>
    postingMismatches(session, day, MOST_DIFFERENCES + 1),
  )
  return explained(ports, mismatches, (one, books) => postingDifference(day, one, books))
}

/** So many are looked up at once. */
const PIECE = 500

/** What each mismatch comes to; one that turns out to be none is left out. */
async function explained<Mismatch extends { paymentId: string }>(
  ports: Ports,
  mismatches: readonly Mismatch[],
  explain: (mismatch: Mismatch, books: OurSide) => NewDifference | undefined,
): Promise<NewDifference[]> {
  const found: NewDifference[] = []
  for (let from = 0; from < mismatches.length; from += PIECE) {
    const piece = mismatches.slice(from, from + PIECE)
    const books = await ourSideOf(
      ports,
      piece.map(({ paymentId }) => paymentId),
    )
    found.push(...piece.flatMap((mismatch) => explain(mismatch, books) ?? []))
  }
  return found
}
