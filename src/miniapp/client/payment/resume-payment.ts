import type { Refused } from '../cloud/call'
import { askPayment } from './ask-payment'
import { openSheet, type SheetReturn } from './open-sheet'

export type ResumeOutcome =
  | { kind: 'look'; paymentId: string; sheet: SheetReturn }
  | { kind: 'refused'; refusal: Refused<'get-payment'> }

/**
 * Opens WeChat's sheet again for a payment that still waits, also one begun on another device of
 * the same resident. A payment that ended meanwhile is only to be looked at.
 */
export async function resumePayment(paymentId: string): Promise<ResumeOutcome> {
  const answer = await askPayment(paymentId)
  if (!answer.ok) return { kind: 'refused', refusal: answer }
  const { pay } = answer.reply
  const sheet = pay === undefined ? 'not-opened' : await openSheet(pay)
  return { kind: 'look', paymentId, sheet }
}
