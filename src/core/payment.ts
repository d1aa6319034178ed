import { followsBy } from './follows'
import type { Instant } from './time'

/** `awaiting` covers "we do not know yet". */
export type PaymentState = 'created' | 'awaiting' | 'paid' | 'closed'

/** What WeChat's server says of an order. Only this proves money, or the end. */
export type OrderFactState = 'not-paid' | 'paid' | 'closed' | 'revoked' | 'absent'

/**
 * The state that follows from WeChat's word. An order that WeChat does not know is closed only after
 * its expiry: before, the order may still be on its way. A success after `closed` is still money.
 */
export function decidePayment(
  state: PaymentState,
  fact: OrderFactState,
  at: { expiresAt: Instant; now: Instant },
): PaymentState {
  if (state === 'paid' || fact === 'paid') return 'paid'
  if (state === 'closed' || fact === 'closed' || fact === 'revoked') return 'closed'
  if (fact === 'absent') return at.now > at.expiresAt ? 'closed' : state
  return 'awaiting'
}

/** States never run backwards, except closed → paid when WeChat proves the money. */
export const canPaymentFollow = followsBy<PaymentState>({
  created: ['awaiting', 'paid', 'closed'],
  awaiting: ['paid', 'closed'],
  closed: ['paid'],
})
