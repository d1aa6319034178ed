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

const sharedFields = {
  out_trade_no: z.string(),
  transaction_id: z.string().optional(),
  trade_state: stateSchema,
  success_time: z.string().optional(),
}
const ordinaryAmount = z
  .object({
    total: z.number().int(),
    payer_total: z.number().int().optional(),
    currency: z.string().optional(),
  })
  .optional()

const directSchema = z.object({
  ...sharedFields,
  appid: z.string(),
  mchid: z.string(),
  payer: z.object({ openid: z.string().optional() }).optional(),
  amount: ordinaryAmount,
})

const partnerSchema = z.object({
  ...sharedFields,
  sp_appid: z.string(),
  sp_mchid: z.string(),
  sub_mchid: z.string(),
  payer: z.object({ sp_openid: z.string().optional() }).optional(),
  amount: ordinaryAmount,
})

const combinedSchema = z.object({
  combine_appid: z.string(),
  combine_mchid: z.string(),
  combine_out_trade_no: z.string(),
  combine_payer_info: z.object({ openid: z.string().optional() }).optional(),
  sub_orders: z
    .array(
      z.object({
        ...sharedFields,
        mchid: z.string(),
        sub_mchid: z.string().optional(),
        amount: z.object({
          total_amount: z.number().int(),
          payer_amount: z.number().int().optional(),
          currency: z.string().optional(),
        }),
      }),
    )
    .min(1),
})

/** A transaction as WeChat writes it, in our words, with the merchant it belongs to. */
export type ReadFact = { fact: OrderFact; merchantId: string }

/**
 * Reads a query's answer or a notice's plaintext, direct, partner or combined; undefined when it has
 * no known shape, or says paid without all that proves it: payer, transaction, time, and an amount in
 * CNY. REFUND counts as paid, and its part says so: an order that was refunded by hand was paid first.
 */
export function readFact(body: unknown): ReadFact | undefined {
  if (has(body, 'combine_out_trade_no')) {
    const combined = combinedSchema.safeParse(body)
    return combined.success ? combinedFact(combined.data) : undefined
  }
  if (has(body, 'sp_mchid')) {
    const partner = partnerSchema.safeParse(body)
    if (!partner.success) return undefined
    const { sp_appid: appid, sp_mchid: merchantId, sub_mchid: payeeId, payer } = partner.data
    return ordinaryFact(partner.data, { appid, merchantId, payeeId, openid: payer?.sp_openid })
  }
  const direct = directSchema.safeParse(body)
  if (!direct.success) return undefined
  const { appid, mchid, payer } = direct.data
  return ordinaryFact(direct.data, {
    appid,
    merchantId: mchid,
    payeeId: mchid,
    openid: payer?.openid,
  })
}

/** Each kind of order has a field of its own, so that one schema judges it. */
function has(body: unknown, field: string): boolean {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, field)
}

function ordinaryFact(
  order: Omit<z.infer<typeof directSchema>, 'appid' | 'mchid' | 'payer'>,
  who: { appid: string; merchantId: string; payeeId: string; openid: string | undefined },
): ReadFact | undefined {
  const part = paidPart(order, who.payeeId, {
    total: order.amount?.total,
    payerTotal: order.amount?.payer_total,
    currency: order.amount?.currency,
  })
  return factOf(who, { number: order.out_trade_no, states: [order.trade_state], parts: [part] })
}

function combinedFact(order: z.infer<typeof combinedSchema>): ReadFact | undefined {
  const { combine_appid: appid, combine_mchid: merchantId, combine_payer_info: payer } = order
  // A provider's sub-order names the provider beside its payee.
  const isStrange = order.sub_orders.some(
    (sub) => sub.sub_mchid !== undefined && sub.mchid !== merchantId,
  )
  if (isStrange) return undefined
  return factOf(
    { appid, merchantId, openid: payer?.openid },
    {
      number: order.combine_out_trade_no,
      states: order.sub_orders.map((sub) => sub.trade_state),
      parts: order.sub_orders.map((sub) =>
        paidPart(sub, sub.sub_mchid ?? sub.mchid, {
          total: sub.amount.total_amount,
          payerTotal: sub.amount.payer_amount,
          currency: sub.amount.currency,
        }),
      ),
    },
  )
}

function factOf(
  { appid, merchantId, openid }: { appid: string; merchantId: string; openid: string | undefined },
  order: {
    number: string
    states: readonly z.infer<typeof stateSchema>[]
    parts: readonly (OrderPart | undefined)[]
  },
): ReadFact | undefined {
  const state = stateOf(order.states)
  const parts = order.parts.filter((part) => part !== undefined)
  const isProven = openid !== undefined && parts.length === order.parts.length
  if (state === 'paid' && !isProven) return undefined
  return {
    merchantId,
    fact: {
      state,
      orderNumber: order.number,
      appid,
      openid,
      parts: state === 'paid' ? parts : [],
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

type Amount = {
  total: number | undefined
  /** What the payer gave; absent where WeChat names no coupon. */
  payerTotal: number | undefined
  currency: string | undefined
}

function paidPart(
  order: Pick<z.infer<typeof directSchema>, keyof typeof sharedFields>,
  payeeId: string,
  { total, payerTotal = total, currency }: Amount,
): OrderPart | undefined {
  const paidAt = parseRfc3339(order.success_time ?? '')
  if (order.transaction_id === undefined || Number.isNaN(paidAt)) return undefined
  if (total === undefined || payerTotal === undefined || currency !== 'CNY') return undefined
  if (payerTotal < 0 || payerTotal > total) return undefined
  return {
    orderNumber: order.out_trade_no,
    payeeId,
    transactionId: order.transaction_id,
    amount: fen(total),
    payerAmount: fen(payerTotal),
    paidAt,
    isRefunded: order.trade_state === 'REFUND',
  }
}
