import { paymentIdOf } from '../../core/payment-id'
import { findDossier } from '../postgres/payments'
import type { PaidNotice } from '../wechat/read-notice'
import type { Ports } from './ports'
import { recordPaid } from './record-paid'

export type NoticeAnswer =
  | 'settled'
  | 'before'
  | 'unknown-order'
  | 'other-amount'
  | 'other-payee'
  | 'other-payer'

/**
 * Takes a verified notice of payment in: matched against our own payment (amount, app, merchant and
 * sub-merchant, payer), recorded, and only then answered. A notice that does not match writes
 * nothing; WeChat repeats it and asking by ourselves finds the truth.
 */
export async function takePayNotice(
  ports: Ports,
  notice: PaidNotice,
): Promise<{ answer: NoticeAnswer; paymentId?: string }> {
  const paymentId = paymentIdOf(notice.fact.orderNumber)
  const dossier = paymentId === null ? undefined : await findDossier(ports.database, paymentId)
  if (paymentId === null || dossier === undefined) return { answer: 'unknown-order' }
  const { payment, orders } = dossier
  if (notice.fact.orderNumber !== payment.orderNumber || notice.merchantId !== payment.merchantId) {
    return { answer: 'other-payee' }
  }
  const payees = orders.every((order) =>
    notice.fact.parts.some(
      (part) => part.orderNumber === order.orderNumber && part.payeeId === order.payeeId,
    ),
  )
  if (!payees || notice.fact.parts.length !== orders.length) return { answer: 'other-payee' }
  if (notice.fact.openid !== undefined && notice.fact.openid !== payment.openid)
    return { answer: 'other-payer' }
  const answer = await recordPaid(ports, dossier, {
    parts: notice.fact.parts,
    noticeId: notice.id,
  })
  if (answer === 'settled' || answer === 'before') return { answer, paymentId }
  return { answer: answer === 'unknown' ? 'unknown-order' : 'other-amount' }
}
