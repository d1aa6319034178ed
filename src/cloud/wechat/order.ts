import type { Fen } from '../../core/money'
import type { OrderFactState } from '../../core/payment'
import type { Instant } from '../../core/time'

/** One payee's share of an order; an ordinary order has exactly one. */
export type OrderShare = {
  orderNumber: string
  /** The merchant that gets the money: the sub-merchant in partner mode. */
  payeeId: string
  amount: Fen
  description: string
  attach: string
}

/** A payment as WeChat Pay knows it. The same payment gives the same order for ever. */
export type Order = {
  kind: 'ordinary' | 'combined'
  mode: 'direct' | 'partner'
  /** The merchant that places the order. */
  mchid: string
  orderNumber: string
  openid: string
  amount: Fen
  expiresAt: Instant
  description: string
  parts: readonly OrderShare[]
}

/** What WeChat was paid for one share. */
export type OrderPart = {
  orderNumber: string
  payeeId: string
  transactionId: string
  /** The whole amount, coupons included. */
  amount: Fen
  /** What the payer gave; less where a coupon paid a part. */
  payerAmount: Fen
  paidAt: Instant
  /** Some of it has been given back since, by whose word ever. */
  isRefunded: boolean
}

/** WeChat's word on an order. `openid` and `parts` are there when it was paid. */
export type OrderFact = {
  state: OrderFactState
  orderNumber: string
  openid?: string | undefined
  appid: string
  parts: readonly OrderPart[]
}
