import { paymentIdOf } from '../../core/payment-id'
import { findDossier, type PaymentDossier } from '../postgres/payments'
import type { PaidNotice } from '../wechat/read-notice'
import { creditBills } from './credit-bills'
import type { Ports } from './ports'
import { recordPaid } from './record-paid'

export type NoticeAnswer =
  | 'settled'
  | 'before'
  | 'unknown-order'
  | 'other-amount'
  | 'other-payee'
  | 'other-payer'

type Matched = { dossier: PaymentDossier } | { answer: NoticeAnswer }

/**
 * Takes a verified notice of payment in: matched against our own payment, recorded, its bills
 * credited, and only then answered. A notice that does not match writes nothing; WeChat repeats it
 * and asking by ourselves finds the truth.
 */
export async function takePayNotice(
  ports: Ports,
  notice: PaidNotice,
): Promise<{ answer: NoticeAnswer; paymentId?: string }> {
  const recorded = await recordNotice(ports, notice)
  if (!('dossier' in recorded)) return { answer: recorded.answer }
  const { answer, dossier } = recorded
  if (answer === 'settled') await creditBills(ports, dossier)
  return { answer, paymentId: dossier.payment.paymentId }
}

/** Matches and records a notice; gives the payment when it was or had been settled. */
export async function recordNotice(
  ports: Ports,
  notice: PaidNotice,
): Promise<{ answer: 'settled' | 'before'; dossier: PaymentDossier } | { answer: NoticeAnswer }> {
  const matched = await match(ports, notice)
  if (!('dossier' in matched)) return matched
  const { dossier } = matched
  const answer = await recordPaid(ports, dossier, {
    parts: notice.fact.parts,
    noticeId: notice.id,
  })
  if (answer === 'settled' || answer === 'before') return { answer, dossier }
  return { answer: answer === 'unknown' ? 'unknown-order' : 'other-amount' }
}

/** Our own payment behind a notice: number, merchant, sub-merchants and payer must be ours. */
async function match(ports: Ports, { fact, merchantId }: PaidNotice): Promise<Matched> {
  const paymentId = paymentIdOf(fact.orderNumber)
  const dossier = paymentId === null ? undefined : await findDossier(ports.database, paymentId)
  if (dossier === undefined) return { answer: 'unknown-order' }
  const { payment, orders } = dossier
  if (fact.orderNumber !== payment.orderNumber || merchantId !== payment.merchantId) {
    return { answer: 'other-payee' }
  }
  const payees = orders.every((order) =>
    fact.parts.some(
      (part) => part.orderNumber === order.orderNumber && part.payeeId === order.payeeId,
    ),
  )
  if (!payees || fact.parts.length !== orders.length) return { answer: 'other-payee' }
  if (fact.openid !== undefined && fact.openid !== payment.openid) return { answer: 'other-payer' }
  return { dossier }
}
