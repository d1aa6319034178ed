import type { BillRef } from '../../contract/scalars'
import { findBill } from '../postgres/bills'
import { findPayments } from '../postgres/payments'
import { askPayment } from './ask-payment'
import type { Ports } from './ports'

/**
 * Before a bill whose lock has expired is taken, the payment that holds it is asked: only WeChat's
 * word ends a lock. Throws WeChatPayFault when WeChat does not answer.
 */
export async function askExpiredHolders(ports: Ports, refs: readonly BillRef[]): Promise<void> {
  const bills = await Promise.all(refs.map((ref) => findBill(ports.database, ref)))
  const holders = new Set(bills.flatMap((bill) => bill?.lockPaymentId ?? []))
  const payments = await findPayments(ports.database, [...holders])
  await Promise.all(
    [...payments.values()]
      .filter((payment) => payment.expiresAt <= ports.now())
      .map((payment) => askPayment(ports, payment)),
  )
}
