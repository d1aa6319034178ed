import type { BookedOrder } from './we-chat'

/** It takes one refund of a share a minute. */
export function isWithinMinute(
  { refunds }: BookedOrder,
  orderNumber: string,
  now: number,
): boolean {
  return refunds.some(
    ({ asked, begunAt }) => asked.orderNumber === orderNumber && now - begunAt < 60_000,
  )
}

/** What is given back of a share, or is on its way. */
export function givenOf({ refunds }: BookedOrder, orderNumber: string): number {
  return refunds
    .filter((one) => one.asked.orderNumber === orderNumber && one.fact.state !== 'closed')
    .reduce((sum, one) => sum + one.asked.amount, 0)
}
