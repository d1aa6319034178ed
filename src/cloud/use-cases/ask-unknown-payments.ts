import type { Instant } from '../../core/time'
import { findPayment, type Payment, paymentsToAsk } from '../postgres/payments'
import { askPayment } from './ask-payment'
import { inLanes } from './in-lanes'
import { noteFault } from './note-fault'
import type { Ports } from './ports'

const MOST = 200
/** From here on WeChat is asked hourly: what it has not answered by now does not mend itself. */
const ALARM_AFTER_MS = 2 * 60_000

/** Asks WeChat about every payment whose next question is due; gives how many were asked. */
export async function askUnknownPayments(ports: Ports, until: Instant): Promise<number> {
  const payments = await paymentsToAsk(ports.database, ports.now(), MOST)
  return inLanes(
    payments,
    () => ports.now() >= until,
    (payment) => ask(ports, payment),
  )
}

async function ask(ports: Ports, payment: Payment): Promise<void> {
  const { paymentId } = payment
  try {
    await askPayment(ports, payment).catch((error: unknown) => {
      // Unknown stays unknown: the next question is already set.
      noteFault(ports, { event: 'ask-payment', paymentId }, error)
    })
    await alarmWhenUnknown(ports, payment)
  } catch (error) {
    noteFault(ports, { event: 'ask-payment', paymentId }, error)
  }
}

async function alarmWhenUnknown(ports: Ports, { paymentId, expiresAt }: Payment): Promise<void> {
  if (ports.now() <= expiresAt + ALARM_AFTER_MS) return
  const payment = await findPayment(ports.database, paymentId)
  if (payment?.state === 'created' || payment?.state === 'awaiting')
    ports.log({ level: 'alarm', event: 'payment-unknown-past-expiry', paymentId })
}
