import type { ItemRow, Snapshot } from '../snapshot'
import { type Books, bookedPosting, keyOf, repeated } from './books'

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
      now.items.filter(({ credit }) => credit === 'credited' || credit === 'already'),
      'credited',
    ),
    ...of(
      now.items.filter(({ state }) => state === 'posted'),
      'posted',
    ),
    ...uncredited.map((item) => `law 2: the biller was told of ${keyOf(item)} before its credit`),
  ]
}

/**
 * Law 2: what one payment holds, or has paid, no other asks for. Money that came after the close holds
 * nothing until its bill is credited.
 */
export function billsAreHeldOnce(now: Snapshot): string[] {
  const payments = new Map(now.payments.map((payment) => [payment.payment_id, payment]))
  const open = now.items.filter((item) =>
    ['created', 'awaiting'].includes(payments.get(item.payment_id)?.state ?? ''),
  )
  const askedAgain = open.filter((item) =>
    now.items.some((other) => {
      const paid = payments.get(other.payment_id)
      const isSame = other.bill_id === item.bill_id && other.revision === item.revision
      const created = payments.get(item.payment_id)?.created_at ?? ''
      const isBack = other.undone_at !== null && other.undone_at <= created
      const isHeld = paid?.closed_at == null || other.credit !== null
      return isSame && !isBack && isHeld && paid?.settled_at != null && paid.settled_at < created
    }),
  )
  return [
    ...repeated(open.map(({ bill_id, revision }) => `${bill_id}/${revision}`)).map(
      (bill) => `law 2: two open payments hold ${bill}`,
    ),
    ...askedAgain.map((item) => `law 2: ${keyOf(item)} asks for a bill that was paid`),
  ]
}
