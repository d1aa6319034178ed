import type { ReplyOf } from '../../../contract/call'
import type { getPayment } from '../../../contract/get-payment'
import type { RequestPaymentParameters } from '../../../contract/start-payment'
import { callCloud, type Refused } from '../cloud/call'
import { askPayment } from './ask-payment'
import { openSheet, type SheetReturn } from './open-sheet'

export type ResumeOutcome =
  | { kind: 'look'; paymentId: string; sheet: SheetReturn }
  | { kind: 'refused'; refusal: Refused<'get-payment'> }

type Opened =
  | { ok: true; pay: RequestPaymentParameters | undefined }
  | { ok: false; refusal: Refused<'get-payment'> }

/**
 * Opens WeChat's sheet again for a payment that still waits, also one begun on another device of
 * the same resident. WeChat is asked first: a payment that ended meanwhile is only to be looked at.
 */
export async function resumePayment(paymentId: string): Promise<ResumeOutcome> {
  const answer = await askPayment(paymentId, { returned: true })
  if (!answer.ok) return { kind: 'refused', refusal: answer }
  const opened = await openAgain(answer.reply)
  if (!opened.ok) return { kind: 'refused', refusal: opened.refusal }
  const sheet = opened.pay === undefined ? 'not-opened' : await openSheet(opened.pay)
  return { kind: 'look', paymentId, sheet }
}

/**
 * A payment that never came as far as WeChat has nothing to open: the same id with the same bills
 * places its order. Of a known payment that is refused by a fault only.
 */
async function openAgain(payment: ReplyOf<typeof getPayment>): Promise<Opened> {
  const { paymentId, state, items, pay } = payment
  if (state !== 'created' || pay !== undefined) return { ok: true, pay }
  const answer = await callCloud('start-payment', {
    paymentId,
    items: items.map(({ accountId, billId, amount }) => ({
      accountId,
      billId,
      amountSeen: amount,
    })),
  })
  if (answer.ok) return { ok: true, pay: answer.reply.pay }
  return {
    ok: false,
    refusal:
      answer.reason === 'offline'
        ? answer
        : { ok: false, reason: 'try-again', details: answer.details ?? {} },
  }
}
