import { isPaymentId } from '../../core/payment-id'
import { type BillKey, findBills, type StoredBill } from '../postgres/bills'
import { postedAgain } from '../postgres/differences'
import { findDossiers, type PaymentDossier } from '../postgres/payment-dossiers'
import { refundsOfAll, type StoredRefund } from '../postgres/refunds'
import type { Ports } from './ports'

/** What our books say of the payments that a daily file speaks of. */
export type OurSide = {
  dossierOf: (paymentId: string) => PaymentDossier | undefined
  billOf: (key: BillKey) => StoredBill | undefined
  refundsOf: (paymentId: string) => readonly StoredRefund[]
  wasPostedAgain: (postingId: string) => boolean
}

/** Reads our side of some hundred payments at once; a file may name some that are not ours. */
export async function ourSideOf(
  { database }: Ports,
  namedIds: readonly string[],
): Promise<OurSide> {
  const paymentIds = [...new Set(namedIds.filter(isPaymentId))]
  const dossiers = await findDossiers(database, paymentIds)
  const items = [...dossiers.values()].flatMap((dossier) => dossier.items)
  const bills = new Map((await findBills(database, items)).map((bill) => [keyOf(bill), bill]))
  const refunds = await refundsOfAll(database, paymentIds)
  const again = await postedAgain(database, paymentIds)
  return {
    dossierOf: (paymentId) => dossiers.get(paymentId),
    billOf: (key) => bills.get(keyOf(key)),
    refundsOf: (paymentId) => refunds.filter((refund) => refund.paymentId === paymentId),
    wasPostedAgain: (postingId) => again.has(postingId),
  }
}

const keyOf = ({ accountId, billId }: BillKey) => `${accountId}/${billId}`
