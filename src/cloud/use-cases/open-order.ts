import type { startPayment as call, RequestPaymentParameters } from '../../contract/start-payment'
import { findDossier, type PaymentDossier } from '../postgres/payment-dossiers'
import { markAwaiting } from '../postgres/payment-writes'
import { done, type Outcome } from './outcome'
import type { Ports } from './ports'
import { wechatOrder } from './wechat-order'

/** The order at WeChat for a stored payment, placed if it was not, and what opens its sheet. */
export async function openOrder(ports: Ports, paymentId: string): Promise<Outcome<typeof call>> {
  const dossier = await findDossier(ports.database, paymentId)
  if (dossier === undefined) throw new Error(`payment ${paymentId} vanished`)
  const { payment } = dossier
  const pay = await parametersFor(ports, dossier)
  return done<typeof call>({
    paymentId: payment.phonePaymentId,
    state: pay === undefined ? payment.state : 'awaiting',
    amount: payment.amountFen,
    expiresAt: payment.expiresAt,
    ...(pay === undefined ? {} : { pay }),
  })
}

/** Signed afresh while the order can still be paid; undefined once it is over. */
export async function parametersFor(
  ports: Ports,
  dossier: PaymentDossier,
): Promise<RequestPaymentParameters | undefined> {
  const { payment } = dossier
  if (payment.state === 'paid' || payment.state === 'closed' || payment.expiresAt <= ports.now())
    return undefined
  const order = wechatOrder(ports, dossier)
  const prepayId = payment.prepayId ?? (await place(ports, dossier))
  return ports.weChatPay.requestPaymentParameters(order, prepayId)
}

async function place(ports: Ports, dossier: PaymentDossier): Promise<string> {
  const { prepayId } = await ports.weChatPay.order(wechatOrder(ports, dossier))
  await markAwaiting(ports.database, dossier.payment.paymentId, prepayId)
  return prepayId
}
