import type { BillStanding } from '../../contract/list-accounts'
import { isDueAgain } from '../../core/item'
import type { StoredBill } from '../postgres/bills'
import { findPayments, itemsOfPayments, type LockedItem, type Payment } from '../postgres/payments'
import { findResident } from '../postgres/residents'
import { knownBiller } from './known-biller'
import type { Caller, Ports } from './ports'
import { postingTimes } from './posting-times'

/**
 * Where each bill stands for this caller, by bill key. A bill under payment points to the payment
 * that locks it; once that payment is paid the bill is paid, whatever the biller still shows.
 */
export async function billStandings(
  ports: Ports,
  caller: Caller,
  bills: readonly StoredBill[],
): Promise<(bill: StoredBill) => BillStanding> {
  const paymentIds = [...new Set(bills.flatMap((bill) => paymentOf(bill) ?? []))]
  const [payments, items] = await Promise.all([
    findPayments(ports.database, paymentIds),
    itemsOfPayments(ports.database, paymentIds),
  ])
  const names = await payerNames(ports, caller, payments)
  return (bill) => standing(ports, { caller, payments, items, names }, bill)
}

type Known = {
  caller: Caller
  payments: Map<string, Payment>
  items: readonly LockedItem[]
  names: Map<string, string>
}

function standing(ports: Ports, known: Known, bill: StoredBill): BillStanding {
  if (bill.status === 'void') return { kind: 'void' }
  const payment = known.payments.get(paymentOf(bill) ?? '')
  if (payment === undefined || payment.state === 'closed') return unheld(bill)
  if (payment.state !== 'paid') {
    return bill.status === 'due' ? paying(known, payment) : { kind: 'paid-elsewhere' }
  }
  const item = known.items.find(
    (one) =>
      one.paymentId === payment.paymentId &&
      one.accountId === bill.accountId &&
      one.billId === bill.billId,
  )
  if (item !== undefined && isDueAgain(item, bill.revision)) return unheld(bill)
  return paid(ports, payment, item)
}

/** As the biller says: no payment of ours has it. */
function unheld({ status }: StoredBill): BillStanding {
  return status === 'due' ? { kind: 'due' } : { kind: 'paid-elsewhere' }
}

function paymentOf(bill: StoredBill): string | null {
  return bill.creditedPaymentId ?? bill.lockPaymentId
}

function paying({ caller, names }: Known, payment: Payment): BillStanding {
  const mine = payment.openid === caller.openid
  const payer = names.get(payment.openid)
  return {
    kind: 'paying',
    mine,
    until: payment.expiresAt,
    ...(mine ? { paymentId: payment.phonePaymentId } : {}),
    ...(payer === undefined ? {} : { payer }),
  }
}

function paid(ports: Ports, payment: Payment, item: LockedItem | undefined): BillStanding {
  const paidAt = payment.paidAt ?? payment.createdAt
  if (item?.state === 'posted') return { kind: 'posted', paidAt }
  if (item?.state === 'rejected') return { kind: 'rejected', paidAt }
  if (item === undefined)
    throw new Error(`law 6: ${payment.paymentId} holds a bill without an item`)
  const times = postingTimes(knownBiller(ports, item.billerId), payment.settledAt ?? paidAt, item)
  const late = ports.now() > times.usualBy
  return { kind: 'unposted', paidAt, late, expectedBy: late ? times.latestBy : times.usualBy }
}

/** Labels that the others who are paying chose for themselves. */
async function payerNames(
  ports: Ports,
  caller: Caller,
  payments: Map<string, Payment>,
): Promise<Map<string, string>> {
  const openids = new Set<string>()
  for (const payment of payments.values()) {
    if (payment.openid !== caller.openid && payment.state !== 'closed') openids.add(payment.openid)
  }
  const names = new Map<string, string>()
  for (const openid of openids) {
    const { knownAs } = await findResident(ports.database, openid)
    if (knownAs !== null) names.set(openid, knownAs)
  }
  return names
}
