import { type CloudAnswer, callCloud } from '../cloud/call'
import { forgetPayment, unfinishedPayments } from './unfinished-payments'

/** An id that the server has not seen by then never reached it. */
const NEVER_SENT_MS = 3_600_000

/**
 * Asks where a payment stands. `returned`: the phone has just come back from WeChat's sheet, so
 * WeChat is asked at once. The id is dropped here and nowhere else: when the server says paid or
 * closed, or does not know it an hour after it was made.
 */
export async function askPayment(
  paymentId: string,
  options: { returned?: boolean } = {},
): Promise<CloudAnswer<'get-payment'>> {
  const answer = await callCloud('get-payment', {
    paymentId,
    ...(options.returned === true ? { returned: true } : {}),
  })
  if (isFinal(answer) || wasNeverSent(paymentId, answer)) forgetPayment(paymentId)
  return answer
}

function isFinal(answer: CloudAnswer<'get-payment'>): boolean {
  return answer.ok && (answer.reply.state === 'paid' || answer.reply.state === 'closed')
}

function wasNeverSent(paymentId: string, answer: CloudAnswer<'get-payment'>): boolean {
  if (answer.ok || answer.reason !== 'not-found') return false
  const made = unfinishedPayments().find((payment) => payment.paymentId === paymentId)
  return made !== undefined && Date.now() - made.startedAt > NEVER_SENT_MS
}
