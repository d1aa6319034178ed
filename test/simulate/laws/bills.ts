import type { ItemRow, Snapshot } from '../snapshot'
import { type Books, bookedPosting, keyOf, paidIds, repeated } from './books'

/** Given back whole before the biller heard of it: its bill is as if nobody had paid. */
const isGivenBack = ({ state, amount_fen, refunded_fen }: ItemRow) =>
  state === 'unposted' && refunded_fen === amount_fen

/** Law 2: a bill’s revision is credited by one item, and posted by one. */
export function creditIsOnce(now: Snapshot, { billers }: Books): string[] {
  const of = (items: readonly ItemRow[], what: string) =>
    repeated(items.map(({ bill_id, revision }) => `${bill_id}/${revision}`)).map(
      (bill) => `law 2: ${bill} is ${what} twice`,
    )
  const uncredited = now.items.filter(
    (item) =>
      item.credit !== 'credited' &&
      item.credit !== 'already' &&
      bookedPosting(billers, item) !== undefined,
  )
  return [
    ...of(
      now.items.filter(
        (item) => (item.credit === 'credited' || item.credit === 'already') && !isGivenBack(item),
      ),
      'credited',
    ),
    ...of(
      now.items.filter(({ state }) => state === 'posted'),
      'posted',
    ),
    ...uncredited.map((item) => `law 2: the biller was told of ${keyOf(item)} before its credit`),
  ]
}

/** Law 2: no bill is called paid by money that went back, and that no biller heard of. */
export function billsAreOwed(now: Snapshot): string[] {
  const back = new Set(now.items.filter(isGivenBack).map(keyOf))
  return now.bills
    .filter((bill) => back.has(`${bill.credited_payment_id}-${bill.credited_item_no}`))
    .map(({ bill_id }) => `law 2: ${bill_id} is called paid, and its money went back`)
}

/**
 * Law 9 at the end: a bill that its biller says is due, and of which all money went back unposted, is not
 * called paid. What a biller refused waits for a new revision.
 */
export function isWronglyPaid(
  now: Snapshot,
  { billers }: Books,
  { billerId, billId }: { billerId: string; billId: string },
): boolean {
  const bill = now.bills.find((one) => one.bill_id === billId)
  const atBiller = billers.get(billerId)?.dueRevisionOf.get(billId)
  const paid = paidIds(now.payments)
  return (
    bill !== undefined &&
    bill.revision === atBiller &&
    now.items
      .filter((item) => paid.has(item.payment_id) && item.bill_id === billId)
      .every(
        (item) =>
          item.state === 'undone' ||
          isGivenBack(item) ||
          // A revision before: of what was paid for it and is still here, a person decides.
          (item.revision < bill.revision && item.state !== 'unposted'),
      )
  )
}

/**
 * Law 2: what one payment holds, or has paid, no other that is started asks for. Money that came after the close
 * holds nothing until its bill is credited.
 */
export function billsAreHeldOnce(now: Snapshot, before: Snapshot): string[] {
  const payments = new Map(now.payments.map((payment) => [payment.payment_id, payment]))
  const open = now.items.filter((item) =>
    ['created', 'awaiting'].includes(payments.get(item.payment_id)?.state ?? ''),
  )
  const known = new Map(before.payments.map((payment) => [payment.payment_id, payment]))
  const askedAgain = open
    .filter((item) => !known.has(item.payment_id))
    .filter((item) =>
      before.items.some((other) => {
        const paid = known.get(other.payment_id)
        const isSame = other.bill_id === item.bill_id && other.revision === item.revision
        const isBack = other.undone_at !== null || isGivenBack(other)
        const isHeld = paid?.closed_at == null || other.credit !== null
        return isSame && !isBack && isHeld && paid?.state === 'paid'
      }),
    )
  return [
    ...repeated(open.map(({ bill_id, revision }) => `${bill_id}/${revision}`)).map(
      (bill) => `law 2: two open payments hold ${bill}`,
    ),
    ...askedAgain.map((item) => `law 2: ${keyOf(item)} asks for a bill that was paid`),
  ]
}
