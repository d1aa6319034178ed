import type { Snapshot } from '../snapshot'
import { type Books, bookedPosting, isLost, keyOf } from './books'

/** Laws 1 and 13: what is paid, posted, refused or given back here, a neighbour’s book says so. */
export function moneyIsProven(now: Snapshot, { weChat, billers }: Books): string[] {
  const paid = now.payments.filter(
    ({ state, order_number }) =>
      state === 'paid' && weChat.orders.get(order_number)?.state !== 'SUCCESS',
  )
  const posted = now.items.filter((item) => {
    if (item.state !== 'posted' && item.state !== 'rejected') return false
    if (isLost(billers, item)) return false
    const booked = bookedPosting(billers, item)
    const numbers = billers.get(item.biller_id)?.numbersOf.get(keyOf(item)) ?? []
    const isPosted =
      booked?.outcome.state === 'posted' && numbers.includes(item.posting_number ?? '')
    return item.state === 'posted' ? !isPosted : booked?.outcome.state !== 'rejected'
  })
  const early = now.items.filter(
    (item) => item.state === 'unposted' && bookedPosting(billers, item) !== undefined,
  )
  const facts = new Map(
    [...weChat.orders.values()].flatMap(({ refunds }) =>
      refunds.map(({ fact }) => [fact.refundNumber, fact.state] as const),
    ),
  )
  const refunds = now.refunds.filter(
    ({ state, refund_number }) =>
      ['done', 'closed', 'abnormal'].includes(state) && facts.get(refund_number) !== state,
  )
  return [
    ...paid.map(({ payment_id }) => `law 13: ${payment_id} is paid, WeChat has no money for it`),
    ...posted.map((item) => `law 13: ${keyOf(item)} is ${item.state}, its biller says otherwise`),
    ...early.map((item) => `law 8: the biller was told of ${keyOf(item)} while it is unposted`),
    ...refunds.map(
      (one) => `law 13: refund ${one.refund_number} is ${one.state}, WeChat says otherwise`,
    ),
  ]
}

/**
 * Law 8: an order that we call closed was closed at WeChat. Whose clock is fast may call one over that WeChat
 * does not know yet, and another one places it afterwards; with clocks that are right nobody can, and before its
 * end by their own clock nobody at all.
 */
export function closedIsProven(
  now: Snapshot,
  { weChat }: Books,
  areClocksRight: boolean,
): string[] {
  return now.payments
    .filter(({ state, order_number, closed_at, expires_at }) => {
      const isOpen = state === 'closed' && weChat.orders.get(order_number)?.wasClosed === false
      const isOver = closed_at !== null && Date.parse(closed_at) > Date.parse(expires_at)
      return isOpen && (areClocksRight || !isOver || !weChat.askedInVain.has(order_number))
    })
    .map(({ payment_id }) => `law 8: ${payment_id} is closed here, and WeChat never closed it`)
}
