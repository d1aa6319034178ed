import type { FileLine } from '../../core/file-line'
import { isFeeOf, MOST_DIFFERENCES } from '../../core/reconciliation'
import { boundsOf } from '../../core/time'
import type { FileKey, ReadFile } from '../postgres/daily-files'
import type { Session } from '../postgres/database'
import { itemLines, type OwnersDay, tradeLines } from '../postgres/day-lines'
import {
  type FileTry,
  type Left,
  postingStage,
  type Stage,
  tradeStage,
} from '../postgres/staged-rows'
import { createCounterparts } from './counterparts'
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
    lines: (day) => tradeLines(session, day),
    stage: tradeStage(session, to),
  })
  const sums = { settled: 0, refunded: 0, feeMills: 0 }
  const outcome = await ports.weChatPay.readTrades(payee, to.day, {
    line: (line) => {
      sums[line.isRefund ? 'refunded' : 'settled'] += line.settled
      sums.feeMills += line.feeMills
      // Our lines say nothing of coupons and fees.
      const isPlain = line.settled === line.amount && isFeeOf(line, feePerMillion)
      books.hold(line, line.isRefund || isPlain)
    },
    pause: books.stage,
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
    lines: (day) => itemLines(session, day),
    stage: postingStage(session, to),
  })
  let amount = 0
  const outcome = await ports.billers.adapter(to.ownerId).readPostings(to.day, {
    line: (line) => {
      amount += line.amount
      books.hold(line, true)
    },
    pause: books.stage,
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
  { lines, stage }: { lines: (day: OwnersDay) => Promise<string[]>; stage: Stage<Left<Row>> },
) {
  const heldAt = ports.now()
  const counterparts = createCounterparts(await lines({ ownerId, ...boundsOf(day) }))
  let left: Left<Row>[] = []
  let leftRows = 0
  return {
    /** A line that we do not say too is kept; one that is not plain says more than ours can. */
    hold: (line: FileLine<Row>, isPlain: boolean): void => {
      const met = isPlain ? counterparts.meet(line) : undefined
      if (met !== 'first') left.push({ ...line.row(), isAgain: met === 'again' })
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
