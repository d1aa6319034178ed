import { type RecordAnswer, recordPaid } from '../postgres/payment-writes'
import type { OrderFact } from '../wechat/order'
import type { Ports } from './ports'

/** Records that WeChat was paid for one of our orders, from a notice or from asking. */
export function recordPaidOrder(
  ports: Ports,
  paid: { paymentId: string; merchantId: string; fact: OrderFact; noticeId?: string },
): Promise<RecordAnswer> {
  const { paymentId, merchantId, fact } = paid
  return recordPaid(
    ports.database,
    {
      paymentId,
      ...(paid.noticeId === undefined ? {} : { noticeId: paid.noticeId }),
      fact: {
        orderNumber: fact.orderNumber,
        merchantId,
        openid: fact.openid,
        parts: fact.parts.map((part) => ({
          orderNumber: part.orderNumber,
          payeeId: part.payeeId,
          transactionId: part.transactionId,
          amountFen: part.amount,
          payerFen: part.payerAmount,
          paidAt: part.paidAt,
          isRefunded: part.isRefunded,
        })),
      },
    },
    ports.now(),
  )
}
