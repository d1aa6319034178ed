import { postingIdOf } from '../../core/payment-id'
import type { Posting, PostingOutcome } from '../billers/biller'
import { findAccount } from '../postgres/accounts'
import {
  beginPosting,
  type ClaimedTask,
  finishPosting,
  finishTask,
  handToPerson,
} from '../postgres/outbox'
import { type SettledItem, settledItems } from '../postgres/payments'
import { refundsOf, requestRefund } from '../postgres/refunds'
import { endUndo } from '../postgres/undo'
import { creditItem } from './credit-bills'
import type { Ports } from './ports'

/**
 * Tells the biller of one settled item: from here on it cannot be taken back, the bill is credited here
 * first, the item goes to `posting` by compare-and-set, and only then the biller is called. An item found in `posting` may have been
 * told: only the biller's word leads out of it, so it is asked before anything else. A rejection is a
 * state; a fault of the biller is thrown and tried later.
 */
export async function postItem(ports: Ports, task: ClaimedTask): Promise<void> {
  const items = await settledItems(ports.database, task.paymentId)
  const item = items.find((one) => one.itemNo === task.itemNo)
  if (item === undefined) throw new Error(`law 6: task without item ${task.paymentId}`)
  if (item.state !== 'posting') {
    const isUndone =
      item.undoMinutes > 0 && (await endUndo(ports.database, task, ports.now())) === 'undone'
    if (isUndone) return finishTask(ports.database, task, ports.now())
    const credit = await creditItem(ports, item)
    if (credit === 'duplicate') return giveBack(ports, task, item)
    if (credit === 'not-due') return handToPerson(ports.database, task, 'bill-not-due', ports.now())
  }
  const begun = await beginPosting(ports.database, task, ports.now())
  if (begun === 'unknown' || begun === 'not-paid')
    throw new Error(`law 6: ${task.paymentId} has a posting task and is ${begun}`)
  if (begun !== 'begun' && begun !== 'posting') return finishTask(ports.database, task, ports.now())
  const outcome = await tell(ports, item, begun === 'posting')
  await finishPosting(
    ports.database,
    task,
    outcome.state === 'posted' ? outcome : { rejection: outcome.code },
    ports.now(),
  )
}

/** The bill was paid by somebody else's money first: this item's goes back by rule. */
async function giveBack(ports: Ports, task: ClaimedTask, item: SettledItem): Promise<void> {
  const answer = await requestRefund(
    ports.database,
    {
      paymentId: item.paymentId,
      refundNo: item.itemNo,
      itemNo: item.itemNo,
      amountFen: item.amountFen,
      reason: 'duplicate',
      rule: 'duplicate',
      actor: 'jobs',
    },
    ports.now(),
  )
  // Somebody gave it back meanwhile, whole, or a part of it, of which a person gives back the rest.
  if (answer === 'too-much')
    return handToPerson(ports.database, task, 'part-given-back', ports.now())
  if (answer === 'before') return endGivenBefore(ports, task)
  if (answer !== 'approved')
    throw new Error(`law 7: item ${item.itemNo} of ${item.paymentId} was paid twice, ${answer}`)
}

/** It was asked back before: that goes on, or it came to nothing, and a person finds another way. */
async function endGivenBefore(ports: Ports, task: ClaimedTask): Promise<void> {
  const refunds = await refundsOf(ports.database, task.paymentId)
  const state = refunds.find(({ refundNo }) => refundNo === task.itemNo)?.state
  if (state === 'closed' || state === 'declined')
    return handToPerson(ports.database, task, 'not-given-back', ports.now())
  await finishTask(ports.database, task, ports.now())
}

/** Asks first when it may have been told before; the posting id is the same on every try. */
async function tell(ports: Ports, item: SettledItem, toldBefore: boolean): Promise<PostingOutcome> {
  const biller = ports.billers.adapter(item.billerId)
  const postingId = postingIdOf(item)
  if (toldBefore) {
    const status = await biller.postingStatus(postingId)
    if (status.state !== 'absent') return status
  }
  return biller.post(await postingOf(ports, item, postingId))
}

/** What the biller is told of an item, on every try the same. */
export async function postingOf(
  ports: Ports,
  item: SettledItem,
  postingId: string,
): Promise<Posting> {
  const account = await findAccount(ports.database, ports.personalData, item.accountId)
  if (account === undefined) throw new Error(`law 4: paid item ${postingId} has no account`)
  return {
    postingId,
    accountNumber: account.accountNumber,
    billId: item.billId,
    revision: item.revision,
    principal: item.principalFen,
    lateFee: item.lateFeeFen,
    amount: item.amountFen,
    quotedAt: item.quotedAt,
    paidAt: item.paidAt,
    transactionId: item.transactionId,
  }
}
