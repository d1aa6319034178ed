import { postingIdOf } from '../../core/payment-id'
import { refundNumberOf } from '../../core/refund'
import { type ClaimedTask, finishTask } from '../postgres/outbox'
import { settledItems } from '../postgres/payments'
import { finishReversal } from '../postgres/refund-requests'
import { refundsOf, type StoredRefund } from '../postgres/refunds'
import type { Ports } from './ports'

/**
 * Has the biller take back what it credited, before an approved refund of it is sent, or where a person says so of one
 * that was made by hand: under a number of its own for ever, so that an answer that was lost is had by asking again. A
 * refusal ends a refund that was not sent.
 * Throws BillerFault, after which it is as unknown as before.
 */
export async function reversePosting(ports: Ports, task: ClaimedTask): Promise<void> {
  const [items, refunds] = await Promise.all([
    settledItems(ports.database, task.paymentId),
    refundsOf(ports.database, task.paymentId),
  ])
  const refund = refunds.find((one) => one.refundNo === task.itemNo)
  const item = items.find((one) => one.itemNo === refund?.itemNo)
  if (refund === undefined || item === undefined)
    throw new Error(`law 7: a reversal without a refund, ${task.paymentId}`)
  if (!isToReverse(refund)) return finishTask(ports.database, task, ports.now())
  const outcome = await ports.billers.adapter(item.billerId).reverse({
    reversalId: refundNumberOf(refund),
    postingId: postingIdOf(item),
    amount: refund.amountFen,
  })
  await finishReversal(ports.database, refund, outcome, ports.now())
}

/** One by hand, also one that WeChat closed when its biller had been asked: the biller's answer is had by asking again. */
function isToReverse({ state, takesFrom, reversedAt }: StoredRefund): boolean {
  return reversedAt === null && (takesFrom === 'posted' || state === 'approved')
}
