import { hasReleased } from '../../core/item'
import type { BillerBill } from '../billers/biller'
import { billsOfAccount } from '../postgres/bills'
import { findPayments, itemsOfPayments } from '../postgres/payments'
import type { Ports } from './ports'

/** More bills than a biller sends of one account. */
const BILLS_MAX = 1_000

/**
 * The bills of which the biller sent a new revision while a payment holds the old one: that payment
 * was fixed for what the biller asked then, so the biller's answer to its posting comes first.
 */
export async function heldBills(
  ports: Ports,
  accountId: string,
  sent: readonly BillerBill[],
): Promise<Set<string>> {
  const revisions = new Map(sent.map(({ billId, revision }) => [billId, revision]))
  const stored = await billsOfAccount(ports.database, accountId, BILLS_MAX)
  const reissued = stored.filter((bill) => (revisions.get(bill.billId) ?? 0) > bill.revision)
  const holders = reissued.flatMap((bill) => bill.creditedPaymentId ?? bill.lockPaymentId ?? [])
  const [payments, items] = await Promise.all([
    findPayments(ports.database, holders),
    itemsOfPayments(ports.database, holders),
  ])
  const isHeld = (billId: string) =>
    items.some((item) => {
      const payment = payments.get(item.paymentId)
      const isOfBill = item.accountId === accountId && item.billId === billId
      return isOfBill && payment !== undefined && !hasReleased(payment.state, item)
    })
  return new Set(reissued.map(({ billId }) => billId).filter(isHeld))
}
