import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock'
import { checkMerchant, orderFromRequest, type SimulatedOrder } from './orders'
import type { SimulatedMerchant } from './settings'
import { errors } from './wechat-error'

/** Every order, by number; places, finds, closes and pays them. */
export function createShop(clock: Clock, onPaid: (order: SimulatedOrder) => void) {
  const orders = new Map<string, SimulatedOrder>()
  let transactions = 0

  // An open sheet ends with its order: nobody pays after the expiry.
  const current = (order: SimulatedOrder): SimulatedOrder => {
    if (order.state === 'NOTPAY' && clock.now() >= order.expiresAt) {
      order.state = 'CLOSED'
      order.paying = false
    }
    return order
  }
  const byNumber = (number: string, kinds: readonly SimulatedOrder['kind'][]): SimulatedOrder => {
    const order = orders.get(number)
    if (order === undefined || !kinds.includes(order.kind)) throw errors.absent()
    return current(order)
  }
  const byPrepayId = (prepayId: string): SimulatedOrder | undefined =>
    [...orders.values()].map(current).find((one) => one.prepayIds.includes(prepayId))
  /** A number belongs to one order for ever, also as one of those inside a combined order. */
  const isUsedElsewhere = ({ number, shares }: SimulatedOrder): boolean => {
    const numbers = [number, ...shares.map((share) => share.number)]
    return [...orders.values()].some(
      (other) =>
        other.number !== number &&
        [other.number, ...other.shares.map((share) => share.number)].some((one) =>
          numbers.includes(one),
        ),
    )
  }

  return {
    /** Takes over the orders of an earlier run. */
    load: (known: readonly SimulatedOrder[]): void => {
      for (const order of known) orders.set(order.number, order)
      transactions = known.length * 50
    },
    all: () => [...orders.values()].map(current),
    byNumber,
    byPrepayId,
    byTransaction: (transactionId: string) =>
      [...orders.values()].find((one) =>
        one.shares.some((share) => share.transactionId === transactionId),
      ),
    place: (kind: SimulatedOrder['kind'], merchant: SimulatedMerchant, body: never): string => {
      const placed = orderFromRequest(kind, merchant, body, clock.now())
      const known = orders.get(placed.number)
      if (known !== undefined) {
        if (known.contents !== placed.contents) throw errors.numberUsed()
        if (current(known).state === 'SUCCESS') throw errors.paid()
        if (known.state !== 'NOTPAY') throw errors.closed()
      } else if (isUsedElsewhere(placed)) throw errors.numberUsed()
      const order = known ?? placed
      orders.set(order.number, order)
      const prepayId = `wx${randomBytes(16).toString('hex')}`
      order.prepayIds.push(prepayId)
      return prepayId
    },
    close: (merchant: SimulatedMerchant, order: SimulatedOrder): void => {
      checkMerchant(merchant, order.merchant.mchid)
      if (order.state === 'SUCCESS' || order.state === 'REFUND') throw errors.paid()
      if (order.paying) throw errors.frequency()
      order.state = 'CLOSED'
    },
    /** The payer's money moves; a paid order pays once. Also after our close, where `late` says so. */
    pay: (order: SimulatedOrder, late = false): void => {
      current(order)
      if (order.state !== 'NOTPAY' && !(late && order.state === 'CLOSED')) return
      order.state = 'SUCCESS'
      order.paying = false
      order.paidAt = Math.floor(clock.now() / 1000) * 1000
      for (const share of order.shares) {
        transactions += 1
        share.transactionId = `42000${String(order.paidAt).padStart(13, '0')}${String(transactions).padStart(10, '0')}`
      }
      onPaid(order)
    },
  }
}

export type Shop = ReturnType<typeof createShop>
