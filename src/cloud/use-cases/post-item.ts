import type { PostingOutcome } from '../billers/biller'
import { findAccount } from '../postgres/accounts'
import {
  beginPosting,
  type ClaimedTask,
  creditBill,
  finishPosting,
  finishTask,
  handToPerson,
} from '../postgres/outbox'
import { findDossier, type PaymentDossier, type PaymentItem } from '../postgres/payments'
import type { Ports } from './ports'

/**
 * Tells the biller of one settled item: the bill is credited here first, the item goes to `posting`
 * by compare-and-set, and only then the biller is called. An item found in `posting` is asked about
 * before it is posted again. A rejection is a state; a fault of the biller is thrown and tried later.
 */
export async function postItem(ports: Ports, task: ClaimedTask): Promise<void> {
  const dossier = await findDossier(ports.database, task.paymentId)
  const item = dossier?.items.find((one) => one.itemNo === task.itemNo)
  if (dossier === undefined || item === undefined)
    throw new Error(`law 6: task without item ${task.paymentId}`)
  const credit = await creditBill(
    ports.database,
    { ...item, paymentId: task.paymentId },
    ports.now(),
  )
  if (credit === 'duplicate' || credit === 'not-due') {
    await handToPerson(ports.database, task, credit === 'duplicate' ? 'paid-twice' : 'bill-not-due')
    return
  }
  const begun = await beginPosting(ports.database, task, ports.now())
  if (begun === 'posted' || begun === 'rejected' || begun === 'unknown') {
    await finishTask(ports.database, task, ports.now())
    return
  }
  const outcome = await tell(ports, dossier, item, begun === 'posting')
  await finishPosting(
    ports.database,
    task,
    outcome.state === 'posted' ? outcome : { rejection: outcome.code },
    ports.now(),
  )
}

/** Asks first when it may have been told before; the posting id is the same on every try. */
async function tell(
  ports: Ports,
  { payment, orders }: PaymentDossier,
  item: PaymentItem,
  toldBefore: boolean,
): Promise<PostingOutcome> {
  const biller = ports.billers.adapter(item.billerId)
  const postingId = `${payment.paymentId}-${item.itemNo}`
  if (toldBefore) {
    const status = await biller.postingStatus(postingId)
    if (status.state !== 'absent') return status
  }
  const account = await findAccount(ports.database, ports.personalData, item.accountId)
  const order = orders.find((one) => one.orderNo === item.orderNo)
  if (account === undefined || order?.transactionId == null || payment.paidAt === null) {
    throw new Error(`law 4: paid item ${postingId} has no account or no transaction`)
  }
  return biller.post({
    postingId,
    accountNumber: account.accountNumber,
    billId: item.billId,
    revision: item.revision,
    principal: item.principalFen,
    lateFee: item.lateFeeFen,
    amount: item.amountFen,
    quotedAt: payment.quotedAt,
    paidAt: payment.paidAt,
    transactionId: order.transactionId,
  })
}
