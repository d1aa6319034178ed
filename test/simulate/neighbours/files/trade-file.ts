import type { OrderFact } from '../../../../src/cloud/wechat/order'
import type { WeChatPay } from '../../../../src/cloud/wechat/we-chat-pay'
import type { TradeLine } from '../../../../src/core/file-line'
import type { TradeRow } from '../../../../src/core/reconciliation'
import type { DateText } from '../../../../src/core/time'
import { dayOf } from '../../calendar'
import type { BookedOrder } from '../we-chat'
import { type FileShelf, lineByLine } from './flaws'

/** What WeChat takes of each payment; of 1,000,000. */
const FEE = 2_000

type Book = {
  orders: ReadonlyMap<string, BookedOrder>
  factOf: (booked: BookedOrder) => OrderFact
}

/** WeChat's trade file of a day, off its book: what was paid on it, and what was begun to be given back. */
export function tradeFile(book: Book, shelf: FileShelf): WeChatPay['readTrades'] {
  return async (owner, day, taker) => {
    const payee = owner.subMchid ?? owner.mchid
    return shelf.hand(
      {
        ownerId: payee,
        source: 'trade',
        day,
        rows: tradesOf(book, payee, day),
        aboutOf: (row) => row.refundNumber || row.orderNumber,
        differing: differingTrade,
        strange: (how) => strangeTrade(book, payee, { day, how }),
      },
      lineByLine(taker, tradeLine),
    )
  }
}

function tradeLine(row: TradeRow): TradeLine {
  const { orderNumber, transactionId, refundNumber, amount, settled, feeMills } = row
  const isRefund = refundNumber !== ''
  return {
    number: isRefund ? refundNumber : orderNumber,
    theirs: isRefund ? orderNumber : transactionId,
    ...{ isRefund, amount, settled, feeMills, row: () => row },
  }
}

/** What a day moved in a merchant's wallet, by type, and at times a payout to the bank. */
export function fundFlow(
  book: Book,
  shelf: FileShelf,
  world: {
    payoutOf: (day: DateText) => number
    flowFlawOf: (payee: string, day: DateText) => (typeof FLOW_FLAWS)[number]
  },
): WeChatPay['readFundFlow'] {
  return async (owner, day) => {
    const trades = tradesOf(book, owner.subMchid ?? owner.mchid, day)
    const byType = flowOf(trades, world.payoutOf(day))
    const flaw = world.flowFlawOf(owner.subMchid ?? owner.mchid, day)
    const handed = await shelf.hand(
      {
        ...{ ownerId: owner.mchid, source: 'fund-flow', day, rows: [byType] },
        aboutOf: () => (flaw === '扣除交易手续费' ? 'fee' : flaw),
        differing: (row) => ({ ...row, [flaw]: (row[flaw] ?? 0) + 1_000 }),
        strange: () => byType,
      },
      async ([row]) => void Object.assign(byType, row),
    )
    if (handed.state === 'refused') return handed
    return { ...handed, flow: { rows: trades.length, byType } }
  }
}

/** What a day's trades moved, by type, and what went to the bank. */
function flowOf(trades: readonly TradeRow[], payout: number): Record<string, number> {
  const byType: Record<string, number> = {}
  const moved = (type: string, amount: number) => {
    if (amount !== 0) byType[type] = (byType[type] ?? 0) + amount
  }
  for (const { refundNumber, settled, feeMills } of trades) {
    moved(refundNumber === '' ? '交易' : '退款', refundNumber === '' ? settled : -settled)
    moved(refundNumber === '' ? '扣除交易手续费' : '退回交易手续费', -Math.round(feeMills / 1_000))
  }
  moved('提现', -payout)
  return byType
}

/** What a day took out of a merchant's wallet, as fees and as payouts; fen. */
export function movedOf(book: Book, world: { payoutOf: (day: DateText) => number }) {
  return (payee: string, day: DateText): { fee: number; payout: number } => {
    const flow = flowOf(tradesOf(book, payee, day), world.payoutOf(day))
    const { 扣除交易手续费: taken = 0, 退回交易手续费: back = 0, 提现: payout = 0 } = flow
    return { fee: -(taken + back), payout: -payout }
  }
}

/** What of a flow can be wrong: what was paid, given back or taken as a fee, or a type of its own. */
export const FLOW_FLAWS = ['交易', '退款', '扣除交易手续费', '其他扣款'] as const

function tradesOf({ orders, factOf }: Book, payee: string, day: DateText): TradeRow[] {
  return [...orders.values()]
    .filter(({ state }) => state === 'SUCCESS')
    .flatMap((booked) =>
      factOf(booked)
        .parts.filter(({ payeeId }) => payeeId === payee)
        .flatMap(({ orderNumber, transactionId, amount }) => {
          const order = { orderNumber, transactionId }
          const refunds = booked.refunds.filter(({ asked }) => asked.orderNumber === orderNumber)
          return [
            ...(dayOf(booked.paidAt) === day
              ? [{ ...order, ...NO_REFUND, ...amountsOf(amount), at: booked.paidAt }]
              : []),
            ...refunds
              .filter(({ begunAt }) => dayOf(begunAt) === day)
              .map(({ asked, fact, begunAt }) => ({
                ...order,
                refundNumber: asked.refundNumber,
                wechatRefundId: fact.wechatRefundId,
                ...amountsOf(asked.amount),
                feeMills: -feeMillsOf(asked.amount),
                at: begunAt,
              })),
          ]
        }),
    )
}

function ofOtherDays(book: Book, payee: string, day: DateText): TradeRow[] {
  const moments = [...book.orders.values()].flatMap(({ paidAt, refunds }) => [
    paidAt,
    ...refunds.map(({ begunAt }) => begunAt),
  ])
  const days = new Set(moments.map((at) => dayOf(at)))
  return [...days].filter((one) => one !== day).flatMap((one) => tradesOf(book, payee, one))
}

const NO_REFUND = { refundNumber: '', wechatRefundId: '' }

function amountsOf(amount: number) {
  return { amount, settled: amount, feeMills: feeMillsOf(amount) }
}

function feeMillsOf(amount: number): number {
  return (amount * FEE) / 1_000
}

/** Another amount, another fee, or another transaction. */
function differingTrade(row: TradeRow, how: number): TradeRow {
  if (how < 0.4 || row.refundNumber !== '')
    return { ...row, amount: row.amount + 1, settled: row.settled + 1 }
  if (how < 0.7) return { ...row, transactionId: `${row.transactionId}-of-another` }
  return { ...row, settled: row.settled + 1 }
}

/** An order that somebody took at the same payee past us, a refund that somebody gave by hand, or a line of another day. */
function strangeTrade(
  book: Book,
  payee: string,
  { day, how }: { day: DateText; how: number },
): TradeRow {
  const { orders } = book
  const others = ofOtherDays(book, payee, day).filter(
    // A refund that is only dated otherwise is no difference.
    ({ refundNumber }) => (refundNumber !== '') === how >= 0.2,
  )
  const [other] = how < 0.25 ? others : []
  if (other) return how < 0.1 ? other : { ...other, amount: other.amount + 1 }
  const at = Date.parse(`${day}T12:00:00+08:00`)
  const orderNumber = `STRANGE${day.replaceAll('-', '')}`
  const strange = { orderNumber, transactionId: `T${orderNumber}`, ...NO_REFUND, ...amountsOf(100) }
  if (how < 0.3) return { ...strange, at }
  const [share] = [...orders.values()]
    .filter(({ state }) => how > 0.85 || state === 'SUCCESS')
    .flatMap(({ order }) => order.parts)
    .filter(({ payeeId }) => payeeId === payee)
  const known = share?.orderNumber ?? orderNumber
  const refundNumber = how < 0.65 ? `${known.slice(0, 26)}R099` : `H${known}`
  return { ...strange, orderNumber: known, refundNumber, feeMills: -feeMillsOf(100), at }
}
