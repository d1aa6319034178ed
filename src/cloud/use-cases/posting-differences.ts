import { isPaymentId, postingIdOf } from '../../core/payment-id'
import {
  type DifferenceReason,
  isNearCut,
  type OwnState,
  safeAction,
} from '../../core/reconciliation'
import type { DateText } from '../../core/time'
import {
  type DifferenceFacts,
  type NewDifference,
  type PostingMismatch,
  wasPostedAgain,
} from '../postgres/differences'
import { findDossier, type PaymentItem } from '../postgres/payments'
import { refundsOf } from '../postgres/refunds'
import type { Ports } from './ports'

type Day = { ownerId: string; day: DateText }

/** What a posting comes to on which the biller's daily file and our books do not agree; none where it was told anew. */
export async function postingDifference(
  ports: Ports,
  { ownerId, day }: Day,
  mismatch: PostingMismatch,
): Promise<NewDifference | undefined> {
  const { paymentId, itemNo, side, biller, ours } = mismatch
  const about = side === 'biller' ? String(biller?.posting_id) : postingIdOf({ paymentId, itemNo })
  const facts: DifferenceFacts = { about, side, itemNo, biller, ours }
  const { own, item } = side === 'biller' ? await ownOf(ports, paymentId, itemNo) : { own: {} }
  const isSameAmount = item?.amountFen === biller?.amount_fen
  if (side === 'biller' && isSameAmount && (await wasPostedAgain(ports.database, paymentId, about)))
    return undefined
  const reason = reasonOf(day, mismatch, item)
  return {
    paymentId,
    differenceId: `postings:${day}:${about}:${reason}`,
    ownerId,
    source: 'postings',
    day,
    reason,
    action: safeAction(reason, 'postings', own),
    facts: { ...facts, own },
  }
}

function reasonOf(
  day: DateText,
  { side, biller, ours }: PostingMismatch,
  item: PaymentItem | undefined,
): DifferenceReason {
  if (side === 'both') return 'amount-differs'
  if (side === 'twice') return 'biller-only'
  if (side === 'ours')
    return isNearCut(Date.parse(String(ours?.posted_at)), day) ? 'day-cut' : 'ours-only'
  if (item?.postedAt == null) return 'biller-only'
  const isSame =
    item.amountFen === biller?.amount_fen && item.postingNumber === biller.posting_number
  if (!isSame) return 'amount-differs'
  return isNearCut(item.postedAt, day) ? 'day-cut' : 'biller-only'
}

async function ownOf(
  ports: Ports,
  paymentId: string,
  itemNo: number,
): Promise<{ own: OwnState; item?: PaymentItem | undefined }> {
  if (!isPaymentId(paymentId)) return { own: {} }
  const [dossier, refunds] = await Promise.all([
    findDossier(ports.database, paymentId),
    refundsOf(ports.database, paymentId),
  ])
  const item = dossier?.items.find((one) => one.itemNo === itemNo)
  const refund = refunds.find((one) => one.itemNo === itemNo && one.state !== 'closed')
  return {
    own: { payment: dossier?.payment.state, item: item?.state, refund: refund?.state },
    item,
  }
}
