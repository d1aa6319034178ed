import { refundOfNumber } from '../../core/refund'
import { type FinishAnswer, finishRefund, markRefundSent } from '../postgres/refunds'
import type { RefundFact } from '../wechat/refund'
import type { Ports } from './ports'

/** Records what WeChat says of a refund, from its answer or from a notice: on its way, or at its end. */
export async function takeRefundFact(
  ports: Ports,
  fact: RefundFact,
): Promise<FinishAnswer | 'on-its-way'> {
  const key = refundOfNumber(fact.refundNumber)
  if (key === null) return 'unknown-refund'
  const now = ports.now()
  if (fact.state === 'processing') {
    await markRefundSent(ports.database, key, fact.wechatRefundId, now)
    return 'on-its-way'
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
