import type { SimulatedMerchant } from './settings'
import { errors } from './wechat-error'

export type Share = {
  number: string
  /** The merchant that gets the money. */
  payee: string
  amount: number
  attach: string | undefined
  transactionId?: string
  /** What a coupon of WeChat's paid of it. */
  coupon?: number
  refunds?: SimulatedRefund[]
  /** What WeChat's file says of it otherwise than is right; for trying what reads the file. */
  misprint?: Misprint
}

/** Amounts in fen, the moment as WeChat's books have it; `absent` leaves the row out. */
export type Misprint = { amount?: number; fee?: number; at?: number; absent?: boolean }

/** Money on its way back to the payer. */
export type SimulatedRefund = {
  number: string
  id: string
  contents: string
  amount: number
  notifyUrl: string
  createdAt: number
  finishesAt: number
  isFinished: boolean
  misprint?: Misprint
  /** How it ends. */
  end: 'SUCCESS' | 'CLOSED' | 'ABNORMAL'
}

/** An order as WeChat keeps it, ordinary (one share) or combined. */
export type SimulatedOrder = {
  kind: 'direct' | 'partner' | 'combined'
  merchant: SimulatedMerchant
  number: string
  /** What was asked for, to tell a repeat from another use of the number. */
  contents: string
  description: string
  openid: string
  notifyUrl: string
  shares: Share[]
  createdAt: number
  expiresAt: number
  prepayIds: string[]
  state: 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED'
  /** The payer has the password field open. */
  paying: boolean
  paidAt?: number
}

type Body = Record<string, unknown>

const DAY_MS = 86_400_000

/** Reads a checked request to place an order; throws WeChat's errors for wrong relations. */
export function orderFromRequest(
  kind: SimulatedOrder['kind'],
  merchant: SimulatedMerchant,
  body: Body,
  now: number,
): SimulatedOrder {
  const combined = kind === 'combined'
  const prefix = combined ? 'combine_' : kind === 'partner' ? 'sp_' : ''
  checkMerchant(merchant, String(body[`${prefix}mchid`]), String(body[`${prefix}appid`]))
  const shares = combined
    ? combinedShares(merchant, body.sub_orders as Body[])
    : [singleShare(kind, merchant, body)]
  const expires =
    body.time_expire === undefined ? now + 7 * DAY_MS : Date.parse(String(body.time_expire))
  if (expires <= now) throw errors.parameter('time_expire has passed')
  const payer = (combined ? body.combine_payer_info : body.payer) as Record<string, string>
  return {
    kind,
    merchant,
    number: String(combined ? body.combine_out_trade_no : body.out_trade_no),
    contents: JSON.stringify(body),
    description: String(combined ? (body.sub_orders as Body[])[0]?.description : body.description),
    openid: String(payer.openid ?? payer.sp_openid),
    notifyUrl: String(body.notify_url),
    shares,
    createdAt: now,
    expiresAt: expires,
    prepayIds: [],
    state: 'NOTPAY',
    paying: false,
  }
}

export function checkMerchant(merchant: SimulatedMerchant, mchid: string, appid?: string): void {
  if (mchid !== merchant.mchid) throw errors.signature('another merchant signed')
  if (appid !== undefined && appid !== merchant.appid) throw errors.appNotBound()
}

export function checkRelation(merchant: SimulatedMerchant, subMchid: string): void {
  if (merchant.subMerchants?.some((one) => one.mchid === subMchid) !== true)
    throw errors.noRelation()
}

function singleShare(kind: SimulatedOrder['kind'], merchant: SimulatedMerchant, body: Body): Share {
  if (kind === 'partner') checkRelation(merchant, String(body.sub_mchid))
  else if (merchant.subMerchants !== undefined) throw errors.noRelation()
  return {
    number: String(body.out_trade_no),
    payee: kind === 'partner' ? String(body.sub_mchid) : merchant.mchid,
    amount: (body.amount as { total: number }).total,
    attach: body.attach === undefined ? undefined : String(body.attach),
  }
}

function combinedShares(merchant: SimulatedMerchant, subOrders: readonly Body[]): Share[] {
  if (merchant.subMerchants === undefined && subOrders.length > 10)
    throw errors.parameter('too many sub_orders')
  const shares = subOrders.map((sub) => {
    if (String(sub.mchid) !== merchant.mchid) throw errors.noRelation()
    if (merchant.subMerchants !== undefined) checkRelation(merchant, String(sub.sub_mchid))
    return {
      number: String(sub.out_trade_no),
      payee: sub.sub_mchid === undefined ? String(sub.mchid) : String(sub.sub_mchid),
      amount: (sub.amount as { total_amount: number }).total_amount,
      attach: String(sub.attach),
    }
  })
  if (new Set(shares.map((share) => share.number)).size !== shares.length)
    throw errors.parameter('out_trade_no repeats')
  return shares
}

/** What the payer pays in all. */
export function totalOf(order: SimulatedOrder): number {
  return order.shares.reduce((sum, share) => sum + share.amount, 0)
}
