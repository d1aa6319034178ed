import { creditBill } from '../postgres/outbox'
import type { PaymentDossier } from '../postgres/payments'
import type { Ports } from './ports'

/**
 * Marks the bills of a payment as paid right after it was settled, so that of two payments for one
 * bill the one that was settled first has it. The posting task does the same again: a crash in
 * between loses nothing.
 */
export async function creditBills(
  ports: Ports,
  { payment: { paymentId }, items }: PaymentDossier,
): Promise<void> {
  for (const item of items) await creditBill(ports.database, { ...item, paymentId }, ports.now())
}
