import { isFeeOf, MOST_DIFFERENCES } from '../../core/reconciliation'
import { boundsOf } from '../../core/time'
import type { FileKey, ReadFile } from '../postgres/daily-files'
import type { Session } from '../postgres/database'
import { itemPrints, type OwnersDay, orderPrints } from '../postgres/day-prints'
import { type FileTry, postingStage, type Stage, tradeStage } from '../postgres/staged-rows'
import { type Counterparts, createCounterparts, postingPrint, tradePrint } from './counterparts'
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
  const books = await openBooks(ports, to, (day) => orderPrints(session, day))
  const left = leftOf(tradeStage(session, to), books.counterparts)
  const sums = { settled: 0, refunded: 0, feeMills: 0 }
  const outcome = await ports.weChatPay.readTrades(payee, to.day, async (rows) => {
    for (const row of rows) {
      const isRefund = row.refundNumber !== ''
      sums[isRefund ? 'refunded' : 'settled'] += row.settled
      sums.feeMills += row.feeMills
      // A print says nothing of refunds, coupons and fees.
      const isPlain = !isRefund && row.settled === row.amount && isFeeOf(row, feePerMillion)
      left.take(row, isPlain ? tradePrint(row) : undefined)
    }
    await left.stage()
  })
  if (outcome.state === 'refused') return outcome
  return { ...outcome, sums, ...(await books.close(left)) }
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
  const books = await openBooks(ports, to, (day) => itemPrints(session, day))
  const left = leftOf(postingStage(session, to), books.counterparts)
  let amount = 0
  const outcome = await ports.billers.adapter(to.ownerId).readPostings(to.day, async (postings) => {
    for (const posting of postings) {
      amount += posting.amount
      left.take(posting, postingPrint(posting))
    }
    await left.stage()
  })
  if (outcome.state === 'refused') return outcome
  return { ...outcome, sums: { amount }, ...(await books.close(left)) }
}

/** Our side of the day, as it is now; what comes into our books later is not held against. */
async function openBooks(
  ports: Ports,
  { ownerId, day }: FileTry,
  prints: (day: OwnersDay) => Promise<string>,
) {
  const heldAt = ports.now()
  const counterparts = createCounterparts(await prints({ ownerId, ...boundsOf(day) }))
  return {
    counterparts,
    close: async (left: { end: () => Promise<number> }) => ({
      leftRows: await left.end(),
      // More than can be noted need not be told one by one.
      unmet: counterparts.unmet(MOST_DIFFERENCES + 1),
      heldAt,
    }),
  }
}

/** The lines that have no counterpart, on their way into the stage. */
function leftOf<Row>(stage: Stage<Row & { isAgain: boolean }>, counterparts: Counterparts) {
  let rows: (Row & { isAgain: boolean })[] = []
  let count = 0
  return {
    take: (row: Row, print: string | undefined): void => {
      const met = print === undefined ? undefined : counterparts.meet(print)
      if (met !== 'first') rows.push({ ...row, isAgain: met === 'again' })
    },
    stage: async (): Promise<void> => {
      const taken = rows
      rows = []
      count += taken.length
      await stage.take(taken)
    },
    end: async (): Promise<number> => {
      await stage.end()
      return count
    },
  }
}
