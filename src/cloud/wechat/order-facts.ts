import { z } from 'zod'
import { fen } from '../../core/money'
import type { OrderFactState } from '../../core/payment'
import { parseRfc3339 } from '../../core/time'
import type { OrderFact, OrderPart } from './order'

const stateSchema = z.enum([
  'SUCCESS',
  'REFUND',
  'NOTPAY',
  'CLOSED',
  'REVOKED',
  'USERPAYING',
  'PAYERROR',
  'ACCEPT',
])

const ordinarySchema = z.object({
  appid: z.string().optional(),
  mchid: z.string().optional(),
  sp_appid: z.string().optional(),
  sp_mchid: z.string().optional(),
  sub_mchid: z.string().optional(),
  out_trade_no: z.string(),
  transaction_id: z.string().optional(),
  trade_state: stateSchema,
  success_time: z.string().optional(),
  payer: z.object({ openid: z.string().optional(), sp_openid: z.string().optional() }).optional(),
  amount: z
    .object({ total: z.number().int(), payer_total: z.number().int().optional() })
    .optional(),
})

const combinedSchema = z.object({
  combine_appid: z.string(),
  combine_mchid: z.string(),
  combine_out_trade_no: z.string(),
  combine_payer_info: z.object({ openid: z.string().optional() }).optional(),
  sub_orders: z
    .array(
      z.object({
        mchid: z.string(),
        sub_mchid: z.string().optional(),
        out_trade_no: z.string(),
        transaction_id: z.string().optional(),
        trade_state: stateSchema,
        success_time: z.string().optional(),
        amount: z.object({
          total_amount: z.number().int(),
          payer_amount: z.number().int().optional(),
        }),
      }),
    )
    .min(1),
})

/** A transaction as WeChat writes it, in our words, with the merchant it belongs to. */
export type ReadFact = { fact: OrderFact; merchantId: string }

/**
 * Reads a query's answer or a notice's plaintext, ordinary or combined; undefined when it has no
 * known shape. REFUND counts as paid: an order refunded by hand was paid first.
 */
export function readFact(body: unknown): ReadFact | undefined {
  const combined = combinedSchema.safeParse(body)
  if (combined.success) return combinedFact(combined.data)
  const ordinary = ordinarySchema.safeParse(body)
  return ordinary.success ? ordinaryFact(ordinary.data) : undefined
}

function ordinaryFact(order: z.infer<typeof ordinarySchema>): ReadFact | undefined {
  const merchantId = order.sp_mchid ?? order.mchid
  const appid = order.sp_appid ?? order.appid
  if (merchantId === undefined || appid === undefined) return undefined
  const state = stateOf([order.trade_state])
  const part = paidPart({
    orderNumber: order.out_trade_no,
    payeeId: order.sub_mchid ?? merchantId,
    transactionId: order.transaction_id,
    total: order.amount?.total,
    payerTotal: order.amount?.payer_total,
    successTime: order.success_time,
  })
  if (state === 'paid' && part === undefined) return undefined
  return {
    merchantId,
    fact: {
      state,
      orderNumber: order.out_trade_no,
      appid,
      openid: order.payer?.openid ?? order.payer?.sp_openid,
      parts: state === 'paid' && part !== undefined ? [part] : [],
    },
  }
}

function combinedFact(order: z.infer<typeof combinedSchema>): ReadFact | undefined {
  const state = stateOf(order.sub_orders.map((sub) => sub.trade_state))
  const parts = order.sub_orders.map((sub) =>
    paidPart({
      orderNumber: sub.out_trade_no,
      payeeId: sub.sub_mchid ?? sub.mchid,
      transactionId: sub.transaction_id,
      total: sub.amount.total_amount,
      payerTotal: sub.amount.payer_amount,
      successTime: sub.success_time,
    }),
  )
  if (state === 'paid' && parts.includes(undefined)) return undefined
  return {
    merchantId: order.combine_mchid,
    fact: {
      state,
      orderNumber: order.combine_out_trade_no,
      appid: order.combine_appid,
      openid: order.combine_payer_info?.openid,
      parts: state === 'paid' ? parts.filter((part) => part !== undefined) : [],
    },
  }
}

/** A combined order is paid or unpaid as a whole; a mixture is not final. */
function stateOf(states: readonly z.infer<typeof stateSchema>[]): OrderFactState {
  if (states.every((state) => state === 'SUCCESS' || state === 'REFUND')) return 'paid'
  if (states.every((state) => state === 'CLOSED')) return 'closed'
  if (states.every((state) => state === 'REVOKED')) return 'revoked'
  return 'not-paid'
}

function paidPart(found: {
  orderNumber: string
  payeeId: string
  transactionId: string | undefined
  total: number | undefined
  payerTotal: number | undefined
  successTime: string | undefined
}): OrderPart | undefined {
  const paidAt = found.successTime === undefined ? Number.NaN : parseRfc3339(found.successTime)
  if (found.transactionId === undefined || found.total === undefined || Number.isNaN(paidAt))
    return undefined
  return {
    orderNumber: found.orderNumber,
    payeeId: found.payeeId,
    transactionId: found.transactionId,
    amount: fen(found.total),
    payerAmount: fen(found.payerTotal ?? found.total),
    paidAt,
  }
}
