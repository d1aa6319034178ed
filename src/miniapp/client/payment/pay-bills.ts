import type { BillRef } from '../../../contract/scalars'
import { newPaymentId } from '../../../core/payment-id'
import { type CloudAnswer, callCloud, type Refused } from '../cloud/call'
import { openSheet, type SheetReturn } from './open-sheet'
import { randomBytes } from './random-bytes'
import {
  forgetPayment,
  rememberPayment,
  type UnfinishedPayment,
  unfinishedPaymentOf,
} from './unfinished-payments'

export type BillToPay = BillRef & { amountSeen: number }

/** What the page does next: look at the result, or say why the payment did not begin. */
export type PayOutcome =
  | { kind: 'look'; paymentId: string; sheet: SheetReturn }
  | { kind: 'refused'; refusal: Refused<'start-payment'> }
  /** The phone could make or keep no id, so nothing was sent. */
  | { kind: 'not-sent' }

/**
 * Pays bills in one payment: makes an id, writes it down, starts the payment and opens WeChat's
 * sheet. The same bills again resume the payment that is unfinished. What the sheet says proves
 * nothing: the outcome only says where to look.
 */
export async function payBills(bills: readonly BillToPay[]): Promise<PayOutcome> {
  const isResumed = unfinishedPaymentOf(bills) !== undefined
  const payment = await paymentFor(bills)
  if (payment === undefined) return { kind: 'not-sent' }
  const answer = await start(payment)
  if (!answer.ok) return { kind: 'refused', refusal: answer }
  if (answer.reply.state === 'closed' && isResumed) return payBills(bills)
  const { pay } = answer.reply
  const sheet = pay === undefined ? 'not-opened' : await openSheet(pay)
  return { kind: 'look', paymentId: payment.paymentId, sheet }
}

/**
 * The unfinished payment of these bills, or a new one; either is written down with what was seen.
 * Undefined when the phone's storage is full or its generator gives nothing: nothing may be sent
 * under an id that a crash would forget.
 */
async function paymentFor(bills: readonly BillToPay[]): Promise<UnfinishedPayment | undefined> {
  const unfinished = unfinishedPaymentOf(bills)
  try {
    const payment = {
      paymentId: unfinished?.paymentId ?? newPaymentId(await randomBytes(16)),
      items: bills,
      startedAt: unfinished?.startedAt ?? Date.now(),
    }
    rememberPayment(payment)
    return payment
  } catch {
    return undefined
  }
}

async function start(payment: UnfinishedPayment): Promise<CloudAnswer<'start-payment'>> {
  const { paymentId, items } = payment
  const answer = await callCloud('start-payment', { paymentId, items: [...items] })
  if (answer.ok && (answer.reply.state === 'closed' || answer.reply.state === 'paid')) {
    forgetPayment(paymentId)
  }
  return answer
}
