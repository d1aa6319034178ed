import type { FileKey } from '../postgres/daily-files'
import type { Session } from '../postgres/database'
import { type FileTry, postingStage, tradeStage } from '../postgres/staged-rows'
import type { DailyOwner, PayeeFile } from './file-owners'
import type { Ports } from './ports'

/** How the reading of a file ended. */
export type FileReading =
  | { state: 'read'; rows: number; digest: string; sums: Readonly<Record<string, number>> }
  | { state: 'refused'; refusal: string; detail: string }

/**
 * Reads a day's file and stages its rows under this try, in pieces while it comes. Throws the
 * neighbour's fault when there was nothing to read.
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
  { payee }: PayeeFile<'trade'>,
  to: FileTry,
): Promise<FileReading> {
  const stage = tradeStage(session, to)
  const sums = { settled: 0, refunded: 0, feeMills: 0 }
  const outcome = await ports.weChatPay.readTrades(payee, to.day, async (rows) => {
    for (const row of rows) {
      sums[row.refundNumber === '' ? 'settled' : 'refunded'] += row.settled
      sums.feeMills += row.feeMills
    }
    await stage.take(rows)
  })
  if (outcome.state === 'refused') return outcome
  await stage.end()
  return { ...outcome, sums }
}

async function readFlow(
  ports: Ports,
  { payee }: PayeeFile<'fund-flow'>,
  to: FileTry,
): Promise<FileReading> {
  const outcome = await ports.weChatPay.readFundFlow(payee, to.day)
  if (outcome.state === 'refused') return outcome
  const { flow, digest } = outcome
  return { state: 'read', rows: flow.rows, digest, sums: flow.byType }
}

async function readPostings(ports: Ports, session: Session, to: FileTry): Promise<FileReading> {
  const stage = postingStage(session, to)
  let amount = 0
  const outcome = await ports.billers.adapter(to.ownerId).readPostings(to.day, async (postings) => {
    for (const posting of postings) amount += posting.amount
    await stage.take(postings)
  })
  if (outcome.state === 'refused') return outcome
  await stage.end()
  return { ...outcome, sums: { amount } }
}
