import type { Share, SimulatedOrder, SimulatedRefund } from './orders'

/** What moved on a day for one payee, in the order in which it did. Amounts in fen. */
export type DayEntry = {
  at: number
  order: SimulatedOrder
  share: Share
  refund?: SimulatedRefund
  amount: number
  /** What it is without a misprint. */
  trueAmount: number
  /** In fen; WeChat rounds each to a fen. */
  fee: number
}

const DAY_MS = 86_400_000
const OFFSET_MS = 8 * 3_600_000

/** Midnight of a day in Beijing. */
function midnightOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - OFFSET_MS
}

/** What a payee was paid and gave back on a day, as WeChat's books have it. */
export function entriesOfDay(
  orders: readonly SimulatedOrder[],
  payee: { mchid: string; subMchid: string | null },
  day: string,
): DayEntry[] {
  const from = midnightOf(day)
  const isOfDay = (at: number): boolean => at >= from && at < from + DAY_MS
  const entries: DayEntry[] = []
  for (const order of orders) {
    if (order.paidAt === undefined || order.merchant.mchid !== payee.mchid) continue
    for (const share of order.shares) {
      if (share.payee !== (payee.subMchid ?? payee.mchid)) continue
      const paid = entry(order, share, share, order.paidAt)
      if (paid !== undefined && isOfDay(paid.at)) entries.push(paid)
      for (const refund of share.refunds ?? []) {
        const back = entry(order, share, refund, refund.createdAt)
        if (back !== undefined && isOfDay(back.at)) entries.push({ ...back, refund })
      }
    }
  }
  return entries.sort((a, b) => a.at - b.at)
}

function entry(
  order: SimulatedOrder,
  share: Share,
  moved: Pick<Share, 'amount' | 'misprint'>,
  at: number,
): DayEntry | undefined {
  const { misprint = {} } = moved
  if (misprint.absent === true) return undefined
  const fee = Math.round((moved.amount * (order.merchant.feePerMillion ?? 0)) / 1_000_000)
  return {
    at: misprint.at ?? at,
    order,
    share,
    amount: misprint.amount ?? moved.amount,
    trueAmount: moved.amount,
    fee: misprint.fee ?? fee,
  }
}

/** '2026-11-24 09:30:05' in Beijing. */
export function beijingTime(at: number): string {
  return new Date(at + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** '12.30'. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
