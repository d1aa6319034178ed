import type { BillRef } from '../../../contract/scalars'
import type { Instant } from '../../../core/time'
import { storedValue } from '../storage'

/**
 * The payments that this phone began and of which the server has not yet said "paid" or "closed".
 * Each is written down before it is sent, so that a phone that dies in mid-payment asks again under
 * the same id instead of paying twice.
 */
export type UnfinishedPayment = {
  paymentId: string
  items: readonly (BillRef & { amountSeen: number })[]
  startedAt: Instant
}

const stored = storedValue<UnfinishedPayment[]>('unfinished-payments')

/** Oldest first. */
export function unfinishedPayments(): UnfinishedPayment[] {
  return stored.read() ?? []
}

/** Writes a payment down, or again with the amounts seen now. Throws when the storage is full. */
export function rememberPayment(payment: UnfinishedPayment): void {
  stored.write([...others(payment.paymentId), payment])
}

/** Only after the server has said that the payment is paid, closed, or was never begun. */
export function forgetPayment(paymentId: string): void {
  const left = others(paymentId)
  try {
    if (left.length === 0) stored.drop()
    else stored.write(left)
  } catch {
    // An id that stays is asked about once more, and then dropped.
  }
}

/** The payment of exactly these bills, in any order. */
export function unfinishedPaymentOf(bills: readonly BillRef[]): UnfinishedPayment | undefined {
  const wanted = contentsOf(bills)
  return unfinishedPayments().find(({ items }) => contentsOf(items) === wanted)
}

function others(paymentId: string): UnfinishedPayment[] {
  return unfinishedPayments().filter((payment) => payment.paymentId !== paymentId)
}

function contentsOf(bills: readonly BillRef[]): string {
  return bills
    .map(({ accountId, billId }) => `${accountId}~${billId}`)
    .sort()
    .join(',')
}
