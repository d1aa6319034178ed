import type { RequestOf } from '../../contract/call'
import type { getPayment as call } from '../../contract/get-payment'
import { undoUntil } from '../../core/undo'
import { countAttempt } from '../postgres/attempts'
import { findDossier, type PaymentDossier } from '../postgres/payment-dossiers'
import { derivePaymentId } from '../postgres/personal-data'
import { WeChatPayFault } from '../wechat/we-chat-pay-fault'
import { askPayment } from './ask-payment'
import { noteFault } from './note-fault'
import { parametersFor } from './open-order'
import { done, type Outcome, refuse } from './outcome'
import { paymentItems } from './payment-view'
import type { Caller, Ports } from './ports'
import { runTasksOf } from './run-tasks'

const MINUTE_MS = 60_000
/** The jobs go on where a biller needs longer. */
const POST_WITHIN_MS = 2_000
/** A storm of queries is what to avoid: the phone's return may ask so often in a minute. */
const ASKED_BY_PHONE_A_MINUTE = 6

/** Where a payment stands; another person's id is not found. Refusal: not-found. */
export async function getPayment(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const paymentId = derivePaymentId(ports.personalData, caller.openid, request.paymentId)
  let dossier = await findDossier(ports.database, paymentId)
  if (dossier === undefined) return refuse<typeof call>('not-found')
  if (request.returned === true && (await askNow(ports, dossier))) {
    dossier = (await findDossier(ports.database, paymentId)) ?? dossier
  }
  if (isToBePosted(ports, dossier)) {
    await postSoon(ports, paymentId)
    dossier = (await findDossier(ports.database, paymentId)) ?? dossier
  }
  const { payment, items } = dossier
  const pay = payment.prepayId === null ? undefined : await parametersFor(ports, dossier)
  return done<typeof call>({
    paymentId: payment.phonePaymentId,
    state: payment.state,
    amount: payment.amountFen,
    expiresAt: payment.expiresAt,
    ...(payment.nextAskAt === null ? {} : { nextAskAt: payment.nextAskAt }),
    items: await paymentItems(ports, caller, payment, items),
    ...(pay === undefined ? {} : { pay }),
  })
}

/** Something of it is paid, not yet credited by its biller, and not waiting to be taken back. */
function isToBePosted(ports: Ports, { payment: { settledAt }, items }: PaymentDossier): boolean {
  if (settledAt === null) return false
  return items.some(
    (item) =>
      (item.state === 'unposted' || item.state === 'posting') &&
      undoUntil(item, settledAt, ports.now()) === undefined,
  )
}

/** Somebody is looking: what the outbox has for this payment is done now, as far as the time allows. */
async function postSoon(ports: Ports, paymentId: string): Promise<void> {
  const work = runTasksOf(ports, paymentId).catch((error: unknown) => {
    noteFault(ports, { event: 'post-soon', paymentId }, error)
  })
  await ports.within(POST_WITHIN_MS, work)
}

/** True when WeChat was asked. Without an answer the payment is shown as unknown as it was. */
async function askNow(ports: Ports, { payment }: PaymentDossier): Promise<boolean> {
  if (payment.state === 'paid' || payment.state === 'closed') return false
  const now = ports.now()
  const asked = await countAttempt(ports.database, {
    subject: `ask:${payment.paymentId}`,
    windowStart: now - (now % MINUTE_MS),
  })
  if (asked > ASKED_BY_PHONE_A_MINUTE) return false
  try {
    await askPayment(ports, payment)
  } catch (error) {
    if (!(error instanceof WeChatPayFault)) throw error
    noteFault(ports, { event: 'ask-payment', paymentId: payment.paymentId }, error)
  }
  return true
}
