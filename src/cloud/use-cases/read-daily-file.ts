import { isFeeOf, MOST_DIFFERENCES } from '../../core/reconciliation'
import { boundsOf } from '../../core/time'
import type { FileKey, ReadFile } from '../postgres/daily-files'
import type { Session } from '../postgres/database'
import { itemPrints, type OwnersDay, orderPrints } from '../postgres/day-prints'
import {
  type FileTry,
  type Left,
  postingStage,
  type Stage,
  tradeStage,
} from '../postgres/staged-rows'
import { createCounterparts, postingPrint, tradePrint } from './counterparts'
import type { DailyOwner, PayeeFile } from './file-owners'
import type { Ports } from './ports'

/** How the reading of a file ended. */
export type FileReading =
  | ({ state: 'read' } & ReadFile)
  | { state: 'refused'; refusal: string; detail: string }

/**
 * Reads a day's file and holds its lines against our books while they come; those without a counterpart
 * are staged under this try. Throws the neighbour's fault when there was nothing to read.
 */
export function readDailyFile(
  ports: Ports,
  owner: DailyOwner,
  key: FileKey,
  attempt: number,
): Promise<FileReading> {
  const to: FileTry = { ownerId: key.ownerId, day: key.day, attempt }
  if (owner.source === 'fund-flow') return readFlow(ports, owner, to)
  return ports.database.session((session) =>
    owner.source === 'postings'
      ? readPostings(ports, session, to)
      : readTrades(ports, session, owner, to),
  )
}

async function readTrades(
  ports: Ports,
  session: Session,
  { payee, feePerMillion }: PayeeFile<'trade'>,
  to: FileTry,
): Promise<FileReading> {
  const books = await holdAgainst(ports, to, {
    prints: (day) => orderPrints(session, day),
    stage: tradeStage(session, to),
  })
  const sums = { settled: 0, refunded: 0, feeMills: 0 }
  const outcome = await ports.weChatPay.readTrades(payee, to.day, async (rows) => {
    for (const row of rows) {
      const isRefund = row.refundNumber !== ''
      sums[isRefund ? 'refunded' : 'settled'] += row.settled
      sums.feeMills += row.feeMills
      // A print says nothing of refunds, coupons and fees.
      const isPlain = !isRefund && row.settled === row.amount && isFeeOf(row, feePerMillion)
      books.hold(row, isPlain ? tradePrint(row) : undefined)
    }
    await books.stage()
  })
  if (outcome.state === 'refused') return outcome
  return { ...outcome, sums, ...(await books.end()) }
}

async function readFlow(
  ports: Ports,
  { payee }: PayeeFile<'fund-flow'>,
  to: FileTry,
): Promise<FileReading> {
  const heldAt = ports.now()
  const outcome = await ports.weChatPay.readFundFlow(payee, to.day)
  if (outcome.state === 'refused') return outcome
  const { flow, digest } = outcome
  const { rows, byType: sums } = flow
  return { state: 'read', rows, digest, sums, leftRows: 0, unmet: [], heldAt }
}

async function readPostings(ports: Ports, session: Session, to: FileTry): Promise<FileReading> {
  const books = await holdAgainst(ports, to, {
    prints: (day) => itemPrints(session, day),
    stage: postingStage(session, to),
  })
  let amount = 0
  const outcome = await ports.billers.adapter(to.ownerId).readPostings(to.day, async (postings) => {
    for (const posting of postings) {
      amount += posting.amount
      books.hold(posting, postingPrint(posting))
    }
    await books.stage()
  })
  if (outcome.state === 'refused') return outcome
  return { ...outcome, sums: { amount }, ...(await books.end()) }
}

/**
 * Lines are held against our side of the day as it is now; what comes into our books later is not. Those
 * without a counterpart go into the stage.
 */
async function holdAgainst<Row>(
  ports: Ports,
  { ownerId, day }: FileTry,
  { prints, stage }: { prints: (day: OwnersDay) => Promise<string>; stage: Stage<Left<Row>> },
) {
  const heldAt = ports.now()
  const counterparts = createCounterparts(await prints({ ownerId, ...boundsOf(day) }))
  let left: Left<Row>[] = []
  let leftRows = 0
  return {
    /** A line, by its print; one without is staged. */
    hold: (row: Row, print: string | undefined): void => {
      const met = print === undefined ? undefined : counterparts.meet(print)
      if (met !== 'first') left.push({ ...row, isAgain: met === 'again' })
    },
    stage: async (): Promise<void> => {
      const rows = left
      left = []
      leftRows += rows.length
      await stage.take(rows)
    },
    end: async (): Promise<Pick<ReadFile, 'leftRows' | 'unmet' | 'heldAt'>> => {
      await stage.end()
      // More than can be noted need not be told one by one.
      return { leftRows, unmet: counterparts.unmet(MOST_DIFFERENCES + 1), heldAt }
    },
  }
}
