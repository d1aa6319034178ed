import { paymentIdOf } from '../../core/payment-id'
import type { RecordAnswer } from '../postgres/payment-writes'
import type { PaidNotice } from '../wechat/read-notice'
import { creditBills } from './credit-bills'
import type { Ports } from './ports'
import { recordPaidOrder } from './record-paid'

/**
 * Takes a verified notice of payment in: matched against our own payment, recorded, its bills
 * credited, and only then answered. A notice that does not match writes nothing; WeChat repeats it
 * and asking by ourselves finds the truth.
 */
export async function takePayNotice(
  ports: Ports,
  notice: PaidNotice,
): Promise<{ answer: RecordAnswer; paymentId?: string }> {
  const { answer, paymentId } = await recordNotice(ports, notice)
  if (paymentId !== undefined && answer === 'settled') await creditBills(ports, paymentId)
  return answer === 'settled' || answer === 'before'
    ? { answer, ...(paymentId && { paymentId }) }
    : { answer }
}

/** Matches a notice and records it: number, merchants, payer and amounts must be our payment's. */
export async function recordNotice(
  ports: Ports,
  { id, fact, merchantId }: PaidNotice,
): Promise<{ answer: RecordAnswer; paymentId?: string }> {
  const paymentId = paymentIdOf(fact.orderNumber)
  if (paymentId === null) return { answer: 'unknown-order' }
  const answer = await recordPaidOrder(ports, { paymentId, merchantId, fact, noticeId: id })
  return { answer, paymentId }
}
