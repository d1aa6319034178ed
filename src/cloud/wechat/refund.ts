import { z } from 'zod'
import { type Fen, fen } from '../../core/money'
import { type Instant, parseRfc3339 } from '../../core/time'
import type { Order } from './order'
import type { Sent } from './order-requests'

/** Money to be given back of one share of an order. The same refund has the same number for ever. */
export type Refund = {
  refundNumber: string
  /** The share that it is given back of. */
  orderNumber: string
  transactionId: string
  amount: Fen
  reason: string
}

/** WeChat's word on a refund. Accepted is not done. */
export type RefundFact = {
  state: 'processing' | 'done' | 'closed' | 'abnormal'
  refundNumber: string
  wechatRefundId: string
  /** The share that it is given back of. */
  orderNumber: string
  amount: Fen
  /** What the payer gets of it: less where a coupon had paid a part. */
  payerAmount: Fen
  /** Where it went, in WeChat's own words. */
  arrivedIn?: string | undefined
  at?: Instant | undefined
  /** When WeChat took it in; a notice does not say. */
  createdAt?: Instant | undefined
}

/** WeChat counts the characters of a reason. */
const REASON_MAX = 80

/** Asks for the money back: pay.weixin.qq.com, 申请退款; direct, partner and combined orders alike. */
export function refundRequest(order: Order, refund: Refund, notifyUrl: string): Sent {
  const share = shareOf(order, refund)
  const body = {
    ...(order.mode === 'partner' ? { sub_mchid: share.payeeId } : {}),
    transaction_id: refund.transactionId,
    out_refund_no: refund.refundNumber,
    reason: refund.reason.slice(0, REASON_MAX),
    notify_url: notifyUrl,
    amount: { refund: refund.amount, total: share.amount, currency: 'CNY' },
  }
  return { method: 'POST', path: '/v3/refund/domestic/refunds', body }
}

export function refundQuery(order: Order, refund: Refund): Sent {
  const number = encodeURIComponent(refund.refundNumber)
  const query = order.mode === 'partner' ? `?sub_mchid=${shareOf(order, refund).payeeId}` : ''
  return { method: 'GET', path: `/v3/refund/domestic/refunds/${number}${query}` }
}

function shareOf(order: Order, refund: Refund) {
  const share = order.parts.find((one) => one.orderNumber === refund.orderNumber)
  if (share === undefined)
    throw new Error(`law 7: ${refund.refundNumber} is of no share of its order`)
  return share
}

const STATES = {
  PROCESSING: 'processing',
  SUCCESS: 'done',
  CLOSED: 'closed',
  ABNORMAL: 'abnormal',
} as const
const statusSchema = z.enum(['PROCESSING', 'SUCCESS', 'CLOSED', 'ABNORMAL'])
const factSchema = z.object({
  out_refund_no: z.string(),
  out_trade_no: z.string(),
  refund_id: z.string(),
  /** In an answer; a notice writes `refund_status`. */
  status: statusSchema.optional(),
  refund_status: statusSchema.optional(),
  user_received_account: z.string().optional(),
  success_time: z.string().optional(),
  create_time: z.string().optional(),
  amount: z.object({ refund: z.number().int(), payer_refund: z.number().int() }),
})

/** Reads an answer or a notice's plaintext; undefined when it has no known shape, or done has no date. */
export function readRefundFact(body: unknown): RefundFact | undefined {
  const parsed = factSchema.safeParse(body)
  if (!parsed.success) return undefined
  const { amount, ...fact } = parsed.data
  const status = fact.status ?? fact.refund_status
  if (status === undefined) return undefined
  const at = fact.success_time === undefined ? undefined : parseRfc3339(fact.success_time)
  const createdAt = fact.create_time === undefined ? undefined : parseRfc3339(fact.create_time)
  if (status === 'SUCCESS' && (at === undefined || Number.isNaN(at))) return undefined
  if (amount.refund < 1 || amount.payer_refund < 0 || amount.payer_refund > amount.refund)
    return undefined
  return {
    state: STATES[status],
    refundNumber: fact.out_refund_no,
    wechatRefundId: fact.refund_id,
    orderNumber: fact.out_trade_no,
    amount: fen(amount.refund),
    payerAmount: fen(amount.payer_refund),
    ...(fact.user_received_account === undefined ? {} : { arrivedIn: fact.user_received_account }),
    ...(status === 'SUCCESS' && at !== undefined ? { at } : {}),
    ...(createdAt === undefined || Number.isNaN(createdAt) ? {} : { createdAt }),
  }
}
