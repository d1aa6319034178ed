import { type RecordAnswer, recordPaidRow } from '../postgres/payment-writes'
import type { PaymentDossier } from '../postgres/payments'
import type { OrderPart } from '../wechat/order'
import type { Ports } from './ports'
import { sealReceipts } from './seal-receipts'

/**
 * Settles a payment by WeChat's facts, once: states, receipts, ledger and outbox in one call. The
 * same facts again answer `before` and change nothing; facts that do not match the payment (amount,
 * transaction) are refused and write nothing.
 */
export async function recordPaid(
  ports: Ports,
  dossier: PaymentDossier,
  paid: { parts: readonly OrderPart[]; noticeId?: string },
): Promise<RecordAnswer> {
  const matches = dossier.orders.every((order) =>
    paid.parts.some(
      (part) => part.orderNumber === order.orderNumber && part.amount === order.amountFen,
    ),
  )
  if (!matches) return 'different-amount'
  return recordPaidRow(
    ports.database,
    {
      paymentId: dossier.payment.paymentId,
      parts: paid.parts.map((part) => ({
        orderNumber: part.orderNumber,
        transactionId: part.transactionId,
        amountFen: part.amount,
        payerFen: part.payerAmount,
        paidAt: part.paidAt,
      })),
      receipts: sealReceipts(ports, dossier, paid.parts),
      noticeId: paid.noticeId ?? null,
    },
    ports.now(),
  )
}
