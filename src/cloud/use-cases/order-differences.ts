import { isPaymentId } from '../../core/payment-id'
import {
  type DifferenceReason,
  isNearCut,
  type OwnState,
  safeAction,
} from '../../core/reconciliation'
import type { DateText } from '../../core/time'
import { findBill } from '../postgres/bills'
import type { DifferenceFacts, NewDifference, OrderMismatch } from '../postgres/differences'
import { findDossier, type PaymentDossier } from '../postgres/payments'
import { refundsOf } from '../postgres/refunds'
import type { Ports } from './ports'

type Day = { ownerId: string; day: DateText }
type Told = Readonly<Record<string, unknown>>

/** What an order comes to on which WeChat's trade file and our books do not agree. */
export async function tradeDifference(
  ports: Ports,
  day: Day,
  { paymentId, orderNumber, side, wallet, ours }: OrderMismatch,
): Promise<NewDifference> {
  const facts: DifferenceFacts = { about: orderNumber, side, wallet, ours }
  const dossier = side === 'wallet' ? await dossierOf(ports, paymentId) : undefined
  const own = await ownState(ports, dossier)
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
export async function refundDifference(
  ports: Ports,
  day: Day,
  { paymentId, side, wallet, ours }: OrderMismatch,
): Promise<NewDifference | undefined> {
  const number = String((wallet ?? ours)?.refund_number)
  const facts: DifferenceFacts = { about: number, side, wallet, ours }
  if (side === 'both') return difference(day, paymentId, 'trade', 'amount-differs', {}, facts)
  if (side === 'ours') {
    const isCut = isNearCut(momentOf(ours?.sent_at), day.day)
    return difference(day, paymentId, 'trade', isCut ? 'day-cut' : 'refund-not-seen', {}, facts)
  }
  const dossier = await dossierOf(ports, paymentId)
  const own: OwnState = { payment: dossier?.payment.state }
  const refund = await refundNumbered(ports, paymentId, number)
  if (refund === undefined || refund.sentAt === null)
    return difference(day, paymentId, 'trade', 'refund-unknown', own, facts)
  if (refund.amountFen !== wallet?.amount_fen)
    return difference(day, paymentId, 'trade', 'amount-differs', own, facts)
  if (!isNearCut(refund.sentAt, day.day)) return undefined
  return difference(day, paymentId, 'trade', 'day-cut', own, facts)
}

async function refundNumbered(ports: Ports, paymentId: string, refundNumber: string) {
  const refunds = await refundsOf(ports.database, paymentId)
  return refunds.find((one) => one.refundNumber === refundNumber)
}

async function dossierOf(ports: Ports, paymentId: string): Promise<PaymentDossier | undefined> {
  return isPaymentId(paymentId) ? findDossier(ports.database, paymentId) : undefined
}

async function ownState(ports: Ports, dossier: PaymentDossier | undefined): Promise<OwnState> {
  if (dossier === undefined) return {}
  const bills = await Promise.all(dossier.items.map((item) => findBill(ports.database, item)))
  const { paymentId, state } = dossier.payment
  const paidByOthers = bills.every(
    (bill) => bill?.creditedPaymentId != null && bill.creditedPaymentId !== paymentId,
  )
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
