import type { Snapshot } from '../snapshot'
import { type Books, bookedPosting, keyOf, sum } from './books'

/** Law 7: never more than was paid, and never the money and the service both. */
export function refundsAreBounded(now: Snapshot, { weChat, billers }: Books): string[] {
  const living = now.refunds.filter(({ state }) => state !== 'closed')
  const tooMuch = now.items.filter(
    (item) =>
      sum(living.filter((one) => keyOf(one) === keyOf(item)).map((one) => one.amount_fen)) >
      item.amount_fen,
  )
  const atWeChat = new Set(
    [...weChat.orders.values()].flatMap(({ refunds }) =>
      refunds.filter(({ fact }) => fact.state !== 'closed').map(({ asked }) => asked.refundNumber),
    ),
  )
  const asked = new Map(
    [...weChat.orders.values()].flatMap(({ refunds }) =>
      refunds.map((one) => [one.asked.refundNumber, one.asked.amount as number] as const),
    ),
  )
  const otherAmount = now.refunds.filter(({ refund_number, amount_fen }) => {
    const amount = asked.get(refund_number)
    return amount !== undefined && amount !== amount_fen
  })
  const numbers = new Set(now.refunds.map((one) => one.refund_number))
  const given = now.items.filter(
    (item) =>
      item.refunded_fen !==
      sum(
        now.refunds
          .filter((one) => keyOf(one) === keyOf(item) && one.state === 'done')
          .map((one) => one.amount_fen),
      ),
  )
  const both = now.items.filter(
    (item) =>
      bookedPosting(billers, item)?.outcome.state === 'posted' &&
      now.refunds.some((one) => keyOf(one) === keyOf(item) && atWeChat.has(one.refund_number)),
  )
  return [
    ...tooMuch.map((item) => `law 7: more is given back of ${keyOf(item)} than was paid`),
    ...otherAmount.map((one) => `law 7: WeChat was asked another amount for ${one.refund_number}`),
    ...[...asked.keys()]
      .filter((number) => !numbers.has(number))
      .map((number) => `law 7: refund ${number} at WeChat is none of ours`),
    ...given.map((item) => `law 7: ${keyOf(item)} does not know what was given back`),
    ...both.map((item) => `law 7: ${keyOf(item)} is posted and given back`),
  ]
}
