import { decidePayment, type OrderFactState } from '../../core/payment'
import { nextAskAt } from '../../core/waits'
import { findDossier, type PaymentDossier } from '../postgres/payment-dossiers'
import { claimAsk, closePayment } from '../postgres/payment-writes'
import type { Payment } from '../postgres/payments'
import type { OrderFact } from '../wechat/order'
import { creditBills } from './credit-bills'
import type { Ports } from './ports'
import { recordPaidOrder } from './record-paid'
import { wechatOrder } from './wechat-order'

/**
 * Asks WeChat where an unfinished payment stands and acts on the proof: paid settles, closed closes,
 * and what is unpaid past its expiry is closed at WeChat first. Of several askers one asks; the
 * others leave it be. Throws WeChatPayFault, after which the payment is as unknown as before.
 */
export async function askPayment(ports: Ports, payment: Payment): Promise<Payment['state']> {
  if (payment.state === 'paid' || payment.state === 'closed') return payment.state
  const next = nextAskAt(payment.createdAt, payment.expiresAt, ports.now())
  if (!(await claimAsk(ports.database, payment, next))) return payment.state
  const dossier = await findDossier(ports.database, payment.paymentId)
  if (dossier === undefined) throw new Error(`payment ${payment.paymentId} vanished`)
  return act(ports, dossier)
}

async function act(ports: Ports, dossier: PaymentDossier): Promise<Payment['state']> {
  const { payment } = dossier
  const order = wechatOrder(ports, dossier)
  const fact = await ports.weChatPay.query(order)
  if (fact.state === 'paid') return settle(ports, payment, fact)
  const decision = decide(ports, payment, fact.state)
  if (decision === 'closed') return close(ports, payment)
  if (decision === 'close-at-wechat') {
    const closed = await ports.weChatPay.close(order)
    if (closed === 'closed') return close(ports, payment)
    if (closed === 'paid') {
      const again = await ports.weChatPay.query(order)
      if (again.state === 'paid') return settle(ports, payment, again)
    }
  }
  return payment.state
}

/**
 * WeChat's word on a payment in whatever state, closed ones among them: what it was paid for is settled.
 * Gives what WeChat says. Throws WeChatPayFault.
 */
export async function settleWhatWasPaid(
  ports: Ports,
  dossier: PaymentDossier,
): Promise<OrderFactState> {
  const fact = await ports.weChatPay.query(wechatOrder(ports, dossier))
  if (fact.state === 'paid') await settle(ports, dossier.payment, fact)
  return fact.state
}

function decide(
  ports: Ports,
  payment: Payment,
  fact: OrderFactState,
): 'wait' | 'closed' | 'close-at-wechat' {
  const state = decidePayment(payment.state, fact, {
    expiresAt: payment.expiresAt,
    now: ports.now(),
  })
  if (state === 'closed') return 'closed'
  return fact === 'not-paid' && ports.now() > payment.expiresAt ? 'close-at-wechat' : 'wait'
}

async function settle(
  ports: Ports,
  { paymentId, merchantId }: Payment,
  fact: OrderFact,
): Promise<Payment['state']> {
  const answer = await recordPaidOrder(ports, { paymentId, merchantId, fact })
  if (answer !== 'settled' && answer !== 'before') {
    throw new Error(`law 1: WeChat was paid for ${paymentId}, but recording says ${answer}`)
  }
  if (answer === 'settled') await creditBills(ports, paymentId)
  return 'paid'
}

async function close(ports: Ports, payment: Payment): Promise<Payment['state']> {
  const answer = await closePayment(ports.database, payment.paymentId, ports.now())
  return answer === 'paid' ? 'paid' : 'closed'
}
