import { paymentIdOf } from '../../core/payment-id'
import {
  type FinishAnswer,
  finishRefund,
  markRefundSent,
  type RefundKey,
  refundNumbered,
} from '../postgres/refunds'
import type { RefundFact } from '../wechat/refund'
import type { Ports } from './ports'

/** Records what WeChat says of a refund, from its answer or from a notice: on its way, or at its end. */
export async function takeRefundFact(
  ports: Ports,
  fact: RefundFact,
): Promise<FinishAnswer | 'on-its-way'> {
  const paymentId = paymentIdOf(fact.orderNumber)
  if (paymentId === null) return 'unknown-refund'
  const key = await refundNumbered(ports.database, paymentId, fact.refundNumber)
  return key === undefined ? 'unknown-refund' : finishByFact(ports, key, fact)
}

/** Records WeChat's word on one refund of our books. */
export async function finishByFact(
  ports: Ports,
  key: RefundKey,
  fact: RefundFact,
): Promise<FinishAnswer | 'on-its-way'> {
  const now = ports.now()
  if (fact.state === 'processing') {
    const answer = await markRefundSent(ports.database, key, fact.wechatRefundId, now)
    return answer === 'not-approved' ? 'unknown-refund' : 'on-its-way'
  }
  return finishRefund(
    ports.database,
    key,
    {
      state: fact.state,
      refundNumber: fact.refundNumber,
      wechatRefundId: fact.wechatRefundId,
      amountFen: fact.amount,
      payerFen: fact.payerAmount,
      arrivedIn: fact.arrivedIn,
      at: fact.at ?? now,
    },
    now,
  )
}
