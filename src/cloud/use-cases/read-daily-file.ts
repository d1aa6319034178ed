import type { TradeRow } from '../../core/reconciliation'
import type { FileKey } from '../postgres/daily-files'
import type { Session } from '../postgres/database'
import { type FileTry, stagePostings, stageTrades } from '../postgres/staged-rows'
import type { DailyOwner, PayeeFile } from './file-owners'
import type { Ports } from './ports'

/** How the reading of a file ended. */
export type FileReading =
  | { state: 'read'; rows: number; digest: string; sums: Readonly<Record<string, number>> }
  | { state: 'refused'; refusal: string; detail: string }

/** The head of an order's number is the payment's id; of a number that is not ours, whatever it is. */
const HEAD = 26

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
  const sums = { settled: 0, refunded: 0, feeMills: 0 }
  const outcome = await ports.weChatPay.readTrades(payee, to.day, async (rows) => {
    for (const row of rows) {
      sums[row.refundNumber === '' ? 'settled' : 'refunded'] += row.settled
      sums.feeMills += row.feeMills
    }
    await stageTrades(session, to, rows.map(withPayment))
  })
  return outcome.state === 'refused' ? outcome : { ...outcome, sums }
}

function withPayment(row: TradeRow) {
  return { ...row, paymentId: row.orderNumber.slice(0, HEAD) }
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
  let amount = 0
  const outcome = await ports.billers.adapter(to.ownerId).readPostings(to.day, async (postings) => {
    for (const posting of postings) amount += posting.amount
    await stagePostings(
      session,
      to,
      postings.map((posting) => ({ ...posting, ...itemOf(posting.postingId) })),
    )
  })
  return outcome.state === 'refused' ? outcome : { ...outcome, sums: { amount } }
}

/** A posting id is the payment's id, a dash, and the item's number; 0 for one that is not ours. */
function itemOf(postingId: string): { paymentId: string; itemNo: number } {
  const [, paymentId = postingId.slice(0, HEAD), itemNo = '0'] =
    /^(.{26})-(\d{1,4})$/.exec(postingId) ?? []
  return { paymentId, itemNo: Number(itemNo) }
}
