import type { BillStanding } from '../../contract/list-accounts'
import type { MonthSums } from '../../contract/list-bills'
import { type Fen, sumFen } from '../../core/money'
import { dateOf } from '../../core/time'
import type { StoredBill } from '../postgres/bills'
import { paidAmounts } from '../postgres/payments'
import { billAmount } from './bill-amount'
import { billStandings } from './bill-standing'
import { knownBiller } from './known-biller'
import type { Caller, Ports } from './ports'

export type PricedBill = { bill: StoredBill; standing: BillStanding; total: Fen }

/** Where each bill stands for this caller and what it costs, or cost. */
export async function pricedBills(
  ports: Ports,
  caller: Caller,
  bills: readonly StoredBill[],
): Promise<PricedBill[]> {
  const [standingOf, paidFor] = await Promise.all([
    billStandings(ports, caller, bills),
    paidAmounts(ports.database, bills),
  ])
  return bills.map((bill) => {
    const standing = standingOf(bill)
    const paid = isOwed(standing) ? undefined : paidFor(bill)?.amountFen
    return { bill, standing, total: paid ?? askedFor(ports, bill, standing) }
  })
}

/** Today's amount; of a bill paid elsewhere only the principal is known, as on its due date. */
function askedFor(ports: Ports, bill: StoredBill, standing: BillStanding): Fen {
  const on = isOwed(standing) ? dateOf(ports.now()) : bill.dueOn
  return billAmount(knownBiller(ports, bill.billerId), bill, on).total
}

/** What the bills of a month come to. */
export function monthSums(month: string, bills: readonly PricedBill[]): MonthSums {
  const own = bills.filter(({ bill }) => bill.month === month)
  const owed = own.filter(({ standing }) => isOwed(standing))
  const paid = own.filter(({ standing }) => !isOwed(standing) && standing.kind !== 'rejected')
  return {
    month,
    count: own.length,
    due: sumFen(owed.map(({ total }) => total)),
    paid: sumFen(paid.map(({ total }) => total)),
  }
}

function isOwed({ kind }: BillStanding): boolean {
  return kind === 'due' || kind === 'paying'
}
