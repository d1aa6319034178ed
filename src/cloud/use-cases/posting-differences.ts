import { postingIdOf } from '../../core/payment-id'
import {
  type DifferenceReason,
  isNearCut,
  type OwnState,
  safeAction,
} from '../../core/reconciliation'
import type { DateText } from '../../core/time'
import type { DifferenceFacts, NewDifference, PostingMismatch } from '../postgres/differences'
import type { PaymentItem } from '../postgres/payments'
import type { OurSide } from './our-side'

type Day = { ownerId: string; day: DateText }

/** What a posting comes to on which the biller's daily file and our books do not agree; none where it was told anew. */
export function postingDifference(
  { ownerId, day }: Day,
  mismatch: PostingMismatch,
  books: OurSide,
): NewDifference | undefined {
  const { paymentId, itemNo, side, biller, ours } = mismatch
  const about = side === 'biller' ? String(biller?.posting_id) : postingIdOf({ paymentId, itemNo })
  const facts: DifferenceFacts = { about, side, itemNo, biller, ours }
  const { own, item } = side === 'biller' ? ownOf(books, paymentId, itemNo) : NOTHING
  const isSameAmount = item?.amountFen === biller?.amount_fen
  if (side === 'biller' && isSameAmount && books.wasPostedAgain(about)) return undefined
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

type Own = { own: OwnState; item?: PaymentItem | undefined }

const NOTHING: Own = { own: {} }

function ownOf(books: OurSide, paymentId: string, itemNo: number): Own {
  const dossier = books.dossierOf(paymentId)
  const item = dossier?.items.find((one) => one.itemNo === itemNo)
  const refund = books
    .refundsOf(paymentId)
    .find((one) => one.itemNo === itemNo && one.state !== 'closed')
  const own = { payment: dossier?.payment.state, item: item?.state, refund: refund?.state }
  return { own, item }
}
