import { sumFen } from '../../core/money'
import {
  type DifferenceReason,
  isNearCut,
  type OwnState,
  safeAction,
} from '../../core/reconciliation'
import type { DateText } from '../../core/time'
import type { DifferenceFacts, NewDifference, OrderMismatch } from '../postgres/differences'
import type { PaymentDossier } from '../postgres/payment-dossiers'
import type { OurSide } from './our-side'

type Day = { ownerId: string; day: DateText }
type Told = Readonly<Record<string, unknown>>

/** What an order comes to on which WeChat's trade file and our books do not agree. */
export function tradeDifference(
  day: Day,
  { paymentId, orderNumber, side, wallet, ours }: OrderMismatch,
  books: OurSide,
): NewDifference {
  const facts: DifferenceFacts = { about: orderNumber, side, wallet, ours }
  const dossier = side === 'wallet' ? books.dossierOf(paymentId) : undefined
  const own = ownState(books, dossier)
  const reason = tradeReason(day, { orderNumber, side, wallet, ours }, dossier)
  return difference(day, paymentId, 'trade', reason, own, facts)
}

function tradeReason(
  { day }: Day,
  { orderNumber, side, wallet, ours }: Omit<OrderMismatch, 'paymentId'>,
  dossier: PaymentDossier | undefined,
): DifferenceReason {
  if (side === 'twice') return 'wallet-only'
  if (side === 'both') return isFeeAlone(wallet, ours) ? 'fee-differs' : 'amount-differs'
  if (side === 'ours') return isNearCut(momentOf(ours?.paid_at), day) ? 'day-cut' : 'ours-only'
  const order = dossier?.orders.find((one) => one.orderNumber === orderNumber)
  if (order?.paidAt == null) return 'wallet-only'
  const isSame =
    order.amountFen === wallet?.amount_fen && order.transactionId === wallet.transaction_id
  if (!isSame) return 'amount-differs'
  return isNearCut(order.paidAt, day) ? 'day-cut' : 'wallet-only'
}

/** Both sides have the order, with one amount and one transaction: what is left is WeChat's fee. */
function isFeeAlone(wallet: Told | null, ours: Told | null): boolean {
  const settled = Number(wallet?.settled_fen)
  return (
    wallet?.amount_fen === ours?.amount_fen &&
    wallet?.transaction_id === ours?.transaction_id &&
    settled >= Number(ours?.payer_fen) &&
    settled <= Number(ours?.amount_fen)
  )
}

/** What a refund comes to; none where WeChat and we only date its beginning differently. */
export function refundDifference(
  day: Day,
  { paymentId, side, wallet, ours }: OrderMismatch,
  books: OurSide,
): NewDifference | undefined {
  const number = String((wallet ?? ours)?.refund_number)
  const facts: DifferenceFacts = { about: number, side, wallet, ours }
  if (side === 'both') return difference(day, paymentId, 'trade', 'amount-differs', {}, facts)
  if (side === 'ours') {
    const isCut = isNearCut(momentOf(ours?.sent_at), day.day)
    return difference(day, paymentId, 'trade', isCut ? 'day-cut' : 'refund-not-seen', {}, facts)
  }
  const own: OwnState = { payment: books.dossierOf(paymentId)?.payment.state }
  const parts = books.refundsOf(paymentId).filter((one) => one.refundNumber === number)
  const [refund] = parts
  if (refund === undefined || refund.sentAt === null)
    return difference(day, paymentId, 'trade', 'refund-unknown', own, facts)
  if (sumFen(parts.map(({ amountFen }) => amountFen)) !== wallet?.amount_fen)
    return difference(day, paymentId, 'trade', 'amount-differs', own, facts)
  if (!isNearCut(refund.sentAt, day.day)) return undefined
  return difference(day, paymentId, 'trade', 'day-cut', own, facts)
}

function ownState(books: OurSide, dossier: PaymentDossier | undefined): OwnState {
  if (dossier === undefined) return {}
  const { paymentId, state } = dossier.payment
  const payers = dossier.items.map((item) => books.billOf(item)?.creditedPaymentId)
  const paidByOthers = payers.every((payer) => payer != null && payer !== paymentId)
  return { payment: state, paidByOthers }
}

function momentOf(text: unknown): number {
  return Date.parse(String(text))
}

function difference(
  { ownerId, day }: Day,
  paymentId: string,
  source: 'trade',
  reason: DifferenceReason,
  own: OwnState,
  facts: DifferenceFacts,
): NewDifference {
  return {
    paymentId,
    differenceId: `${source}:${day}:${facts.about}:${reason}`,
    ownerId,
    source,
    day,
    reason,
    action: safeAction(reason, source, own),
    facts: { ...facts, own },
  }
}
