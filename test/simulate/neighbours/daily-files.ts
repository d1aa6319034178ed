import type { Biller, DayPosting } from '../../../src/cloud/billers/biller'
import type { OrderFact } from '../../../src/cloud/wechat/order'
import type { WeChatPay } from '../../../src/cloud/wechat/we-chat-pay'
import type { TradeRow } from '../../../src/core/reconciliation'
import type { BookedPosting } from './biller'
import type { BookedOrder } from './we-chat'

const OFFSET_MS = 8 * 3_600_000

/** The day in Beijing, as a file is named. */
function dayOf(instant: number): string {
  return new Date(instant + OFFSET_MS).toISOString().slice(0, 10)
}

/** WeChat's trade file of a day, off its book: what was paid on it, and what was begun to be given back. */
export function tradeFile(
  orders: ReadonlyMap<string, BookedOrder>,
  factOf: (booked: BookedOrder) => OrderFact,
): WeChatPay['readTrades'] {
  return async (owner, day, take) => {
    const payee = owner.subMchid ?? owner.mchid
    const rows: TradeRow[] = []
    for (const booked of orders.values()) {
      if (booked.state !== 'SUCCESS') continue
      for (const part of factOf(booked).parts.filter((one) => one.payeeId === payee)) {
        const common = { orderNumber: part.orderNumber, transactionId: part.transactionId }
        if (dayOf(booked.paidAt) === day)
          rows.push({
            ...common,
            refundNumber: '',
            wechatRefundId: '',
            amount: part.amount,
            settled: part.amount,
            feeMills: 0,
            at: booked.paidAt,
          })
        for (const { asked, fact, begunAt } of booked.refunds)
          if (asked.orderNumber === part.orderNumber && dayOf(begunAt) === day)
            rows.push({
              ...common,
              refundNumber: asked.refundNumber,
              wechatRefundId: fact.wechatRefundId,
              amount: asked.amount,
              settled: asked.amount,
              feeMills: 0,
              at: begunAt,
            })
      }
    }
    if (rows.length > 0) await take(rows)
    return { state: 'read', rows: rows.length, digest: day }
  }
}

/** A biller's file of a day, off its book. */
export function postingsFile(postings: ReadonlyMap<string, BookedPosting>): Biller['readPostings'] {
  return async (day, take) => {
    const rows: DayPosting[] = []
    for (const { posting, outcome } of postings.values()) {
      if (outcome.state !== 'posted' || dayOf(outcome.postedAt) !== day) continue
      const { postingNumber, postedAt } = outcome
      rows.push({ postingId: posting.postingId, postingNumber, amount: posting.amount, postedAt })
    }
    if (rows.length > 0) await take(rows)
    return { state: 'read', rows: rows.length, digest: day }
  }
}

/** No merchant of its own is simulated, so nobody asks for a fund flow. */
export const noFundFlow: WeChatPay['readFundFlow'] = async () => ({
  state: 'refused',
  refusal: 'not-ready',
  detail: 'nobody asks',
})
