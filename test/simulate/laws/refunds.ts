import { takenBackOf } from '../neighbours/biller'
import type { BookedRefund } from '../neighbours/we-chat'
import type { ItemRow, RefundRow, Snapshot } from '../snapshot'
import { type Books, bookedPosting, keyOf, sum } from './books'

/** Law 7: never more than was paid, never the money and the service both, and never by one person alone. */
export function refundsAreBounded(now: Snapshot, books: Books): string[] {
  const begun = [...books.weChat.orders.values()].flatMap(({ refunds }) => refunds)
  return [
    ...amountsAreBounded(now, begun),
    ...nobodyDecidesOnWhatIsThere(now, begun),
    ...rulesGiveTheWhole(now),
    ...reversalsComeFirst(now, books, begun),
    ...creditCallsSomebody(now),
    ...givenBackIsNotPosted(now, books),
    ...twoPeopleDecide(now, books),
    ...aMinuteLiesBetween(now),
  ]
}

function amountsAreBounded(now: Snapshot, begun: readonly BookedRefund[]): string[] {
  const living = now.refunds.filter(({ state }) => state !== 'closed' && state !== 'declined')
  const tooMuch = now.items.filter((item) => amountOf(living, item) > item.amount_fen)
  const done = now.refunds.filter(({ state }) => state === 'done')
  const given = now.items.filter((item) => item.refunded_fen !== amountOf(done, item))
  const asked = new Map(begun.map((one) => [one.asked.refundNumber, one]))
  const otherAmount = living.filter(({ refund_number }) => {
    const amount: number | undefined = asked.get(refund_number)?.asked.amount
    const parts = living.filter((one) => one.refund_number === refund_number)
    return amount !== undefined && amount !== sum(parts.map((one) => one.amount_fen))
  })
  const numbers = new Set(now.refunds.map((one) => one.refund_number))
  return [
    ...tooMuch.map((item) => `law 7: more is given back of ${keyOf(item)} than was paid`),
    ...otherAmount.map((one) => `law 7: WeChat was asked another amount for ${one.refund_number}`),
    ...[...asked]
      .filter(([number, { byHand }]) => !byHand && !numbers.has(number))
      .map(([number]) => `law 7: refund ${number} at WeChat is none of ours`),
    ...given.map((item) => `law 7: ${keyOf(item)} does not know what was given back`),
  ]
}

/** What WeChat has was approved, and is not a person's any more, to be withdrawn since money by hand may have meant it. */
function nobodyDecidesOnWhatIsThere(now: Snapshot, begun: readonly BookedRefund[]): string[] {
  const there = new Set(
    begun.filter(({ fact }) => fact.state !== 'closed').map(({ asked }) => asked.refundNumber),
  )
  const doubted = new Set(
    now.tasks
      .filter(
        ({ kind, done_at, person_reason }) =>
          kind === 'refund' && done_at === null && person_reason === 'given-back-by-hand',
      )
      .map(({ payment_id, item_no }) => `${payment_id}/${item_no}`),
  )
  return now.refunds
    .filter(({ refund_number }) => there.has(refund_number))
    .filter(
      ({ payment_id, refund_no, state }) =>
        state === 'requested' ||
        (state === 'approved' && doubted.has(`${payment_id}/${refund_no}`)),
    )
    .map((one) => `law 7: WeChat has ${one.refund_number}, of which somebody decides here`)
}

/** Whom nobody credits gets all of it, at once: a rule leaves no rest for a person. */
function rulesGiveTheWhole({ items, refunds }: Snapshot): string[] {
  const amounts = new Map(items.map((item) => [keyOf(item), item.amount_fen]))
  return refunds
    .filter(({ rule }) => rule !== null && rule !== 'merchant-platform')
    .filter((one) => one.amount_fen !== amounts.get(keyOf(one)))
    .map((one) => `law 7: the rule ${one.rule} gives a part of ${keyOf(one)} back`)
}

/** What the biller holds as credited is given back by nobody but by hand, past us. */
function reversalsComeFirst(
  now: Snapshot,
  { billers }: Books,
  begun: readonly BookedRefund[],
): string[] {
  const reversals = new Map([...billers.values()].flatMap((one) => [...one.reversals]))
  const sent = new Set(
    begun
      .filter(({ byHand, fact }) => !byHand && fact.state !== 'closed')
      .map(({ asked }) => asked.refundNumber),
  )
  const atWeChat = now.refunds.filter(
    ({ refund_number, state }) => sent.has(refund_number) && state !== 'declined',
  )
  const both = now.items.filter(
    (item) =>
      bookedPosting(billers, item)?.outcome.state === 'posted' &&
      amountOf(atWeChat, item) > takenBackOf(reversals, keyOf(item)),
  )
  const unproven = now.items.filter(
    (item) => item.reversed_fen > takenBackOf(reversals, keyOf(item)),
  )
  return [
    ...both.map((item) => `law 7: ${keyOf(item)} is posted and given back`),
    ...unproven.map((item) => `law 13: ${keyOf(item)} is reversed, its biller says otherwise`),
  ]
}

/** The biller holds its credit of what was given back by hand: somebody is called, or has settled it. */
function creditCallsSomebody(now: Snapshot): string[] {
  return now.refunds
    .filter((one) => one.takes_from === 'posted')
    .filter(
      (one) =>
        !now.tasks.some(
          (task) =>
            task.kind === 'reverse' &&
            task.payment_id === one.payment_id &&
            task.item_no === one.refund_no,
        ),
    )
    .map((one) => `law 7: ${one.refund_number} leaves a credit that calls nobody`)
}

/** Money of which WeChat never told otherwise than as given back goes to no biller, unless a person says so. */
function givenBackIsNotPosted(now: Snapshot, { weChat, billers }: Books): string[] {
  const told = weChat.toldWhole()
  const retried = new Set(
    now.audit
      .filter(({ audit_id }) => audit_id.startsWith('retry:post:'))
      .map(({ subject_id, audit_id }) => `${subject_id}-${audit_id.split(':')[2]}`),
  )
  const passedOn = now.items.filter((item) => {
    const number = now.orders.find(
      (one) => one.payment_id === item.payment_id && one.order_no === item.order_no,
    )?.order_number
    const isTold = number !== undefined && told.has(number)
    return !isTold && !retried.has(keyOf(item)) && bookedPosting(billers, item) !== undefined
  })
  return passedOn.map((item) => `law 7: ${keyOf(item)} was given back before, and is posted`)
}

function twoPeopleDecide(now: Snapshot, { sitters }: Books): string[] {
  const payers = new Map(now.payments.map(({ payment_id, openid }) => [payment_id, openid]))
  return now.refunds
    .filter(({ rule, approved_by }) => rule === null && approved_by !== null)
    .filter(({ payment_id, requested_by, approved_by }) => {
      const sitter = sitters.get(approved_by ?? '')
      return sitter === sitters.get(requested_by) || sitter === payers.get(payment_id)
    })
    .map((one) => `law 7: one person alone gives ${one.refund_number} back`)
}

/** WeChat takes one refund of an order a minute. */
function aMinuteLiesBetween({ items, refunds }: Snapshot): string[] {
  const orders = new Map(items.map((item) => [keyOf(item), `${item.payment_id}/${item.order_no}`]))
  const begun = refunds.flatMap((one) =>
    one.begun_at === null ? [] : [{ ...one, begunAt: Date.parse(one.begun_at) }],
  )
  return begun.flatMap((one) =>
    begun
      .filter((other) => other.refund_no > one.refund_no)
      .filter((other) => orders.get(keyOf(other)) === orders.get(keyOf(one)))
      .filter((other) => Math.abs(other.begunAt - one.begunAt) < 60_000)
      .map((other) => `law 7: ${one.refund_number} and ${other.refund_number} begin together`),
  )
}

function amountOf(refunds: readonly RefundRow[], item: ItemRow): number {
  return sum(refunds.filter((one) => keyOf(one) === keyOf(item)).map((one) => one.amount_fen))
}
