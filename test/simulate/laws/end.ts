import type { ItemRow, RefundRow, Snapshot } from '../snapshot'
import { type Books, bookedPosting, isLost, keyOf, paidIds, sum } from './books'
import { unmatched } from './match'

/** What must hold at the end, when all neighbours have answered for days. */
export function unfinished(now: Snapshot, books: Books, firstDay: string): string[] {
  const { weChat, billers } = books
  const paid = paidIds(now.payments)
  const numbers = new Set(
    now.payments.filter(({ state }) => state === 'paid').map((one) => one.order_number),
  )
  const withPerson = new Set(
    now.tasks
      .filter(({ done_at, person_reason }) => done_at === null && person_reason !== null)
      // What only its biller’s credit is to be taken back of is not given back by that.
      .filter(({ kind }) => kind !== 'reverse')
      .map((task) => itemOf(now, task)),
  )
  const isOver = (item: ItemRow) =>
    (item.state === 'posted' && item.reversed_fen <= givenOfReversed(now, item)) ||
    item.refunded_fen === item.amount_fen ||
    withPerson.has(keyOf(item))
  const over = new Set(now.items.filter(isOver).map(keyOf))
  return [
    ...[...weChat.orders.values()]
      .filter(({ state, order }) => state === 'SUCCESS' && !numbers.has(order.orderNumber))
      .map(({ order }) => `law 1: the money of ${order.orderNumber} is lost`),
    ...now.payments
      .filter(({ state }) => state !== 'paid' && state !== 'closed')
      .map(({ payment_id, state }) => `law 9: ${payment_id} is still ${state}`),
    ...now.tasks
      .filter(({ done_at, person_reason }) => done_at === null && person_reason === null)
      .map((task) => `law 9: ${task.kind} of ${keyOf(task)} is still to be done`),
    ...now.items
      .filter((item) => paid.has(item.payment_id) && !over.has(keyOf(item)))
      .map((item) => `law 9: ${keyOf(item)} was paid and is nowhere`),
    ...now.items
      .filter((item) => paid.has(item.payment_id) && item.receipt_code === null)
      .map((item) => `law 5: ${keyOf(item)} was paid and has no receipt`),
    ...now.refunds
      // What WeChat closed is over when its item is.
      .filter((refund) => refund.state !== 'closed' || !over.has(keyOf(refund)))
      .filter((refund) => !isDecided(now, refund))
      .map(({ refund_number, state }) => `law 9: refund ${refund_number} is still ${state}`),
    ...unheardOf(now, books),
    ...unmatched(now, firstDay),
    ...now.items
      .filter((item) => isLost(billers, item) && !isWithPerson(now, keyOf(item)))
      .map((item) => `law 11: the biller lost ${keyOf(item)} for good`),
    ...now.items
      .filter((item) => item.state === 'posted' && !isWithPerson(now, keyOf(item)))
      .filter((item) => {
        const outcome = bookedPosting(billers, item)?.outcome
        return outcome?.state === 'posted' && outcome.postingNumber !== item.posting_number
      })
      .map((item) => `law 13: its biller has ${keyOf(item)} under another number`),
  ]
}

/** What of that which its biller took back of an item was given back, or is on its way. */
function givenOfReversed({ refunds }: Snapshot, item: ItemRow): number {
  const living = refunds.filter(
    (one) =>
      keyOf(one) === keyOf(item) &&
      one.takes_from === 'unposted' &&
      one.state !== 'closed' &&
      one.state !== 'declined',
  )
  return sum(living.map((one) => one.amount_fen))
}

/** Over, or a person’s: so is what WeChat closed or could not pay out. */
function isDecided(now: Snapshot, { payment_id, refund_no, state }: RefundRow): boolean {
  if (state === 'done' || state === 'declined') return true
  return now.tasks.some(
    (task) =>
      (task.kind === 'refund' || task.kind === 'reverse') &&
      task.payment_id === payment_id &&
      task.item_no === refund_no &&
      task.done_at === null &&
      task.person_reason !== null,
  )
}

/** The item that a task is about; one that gives money back is numbered by its refund. */
function itemOf(now: Snapshot, task: Snapshot['tasks'][number]): string {
  const isOfRefund = task.kind === 'refund' || task.kind === 'reverse'
  const refund = now.refunds.find(
    ({ payment_id, refund_no }) => payment_id === task.payment_id && refund_no === task.item_no,
  )
  return keyOf(isOfRefund && refund !== undefined ? refund : task)
}

/** What WeChat gave back, on the merchant platform or though it was withdrawn here, is in our books, or a person’s. */
function unheardOf(now: Snapshot, { weChat }: Books): string[] {
  const known = new Set(
    now.refunds
      .filter(({ state }) => state !== 'declined')
      .map(({ refund_number }) => refund_number),
  )
  return [...weChat.orders.values()]
    .flatMap(({ refunds }) => refunds)
    .filter(({ fact }) => fact.state !== 'closed' && !known.has(fact.refundNumber))
    .filter(({ fact }) => !isWithPerson(now, fact.refundNumber))
    .map(({ fact }) => `law 11: nobody here knows the refund ${fact.refundNumber}`)
}

function isWithPerson(now: Snapshot, about: string): boolean {
  return now.differences.some((one) => one.about === about && one.state === 'person')
}
