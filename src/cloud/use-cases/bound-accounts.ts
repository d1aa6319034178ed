import type { BillStanding, BoundAccount, DueBill } from '../../contract/list-accounts'
import { maskAddress, maskName } from '../../core/masking'
import { addMonths, dateOf, monthOf } from '../../core/time'
import { nextReadingOn, spikePercent } from '../../core/usage'
import { type Account, findAccounts } from '../postgres/accounts'
import { openBills, type StoredBill, usesOf } from '../postgres/bills'
import { timestamp } from '../postgres/database'
import { type PaidAmount, paidAmounts } from '../postgres/payments'
import type { Binding } from '../postgres/residents'
import { billAmount } from './bill-amount'
import { billStandings } from './bill-standing'
import { knownBiller } from './known-biller'
import type { Caller, Ports } from './ports'

/** A credited bill that is not posted stays on the home screen at most this long. */
const RECENT_MS = 7 * 24 * 3_600_000

/** The newest bill may be of last month or of the one before; a year before that is compared. */
const MONTHS_TO_COMPARE = 14

/** The bound accounts with what is due on each, in the order of the bindings. */
export async function boundAccounts(
  ports: Ports,
  caller: Caller,
  bindings: readonly Binding[],
): Promise<BoundAccount[]> {
  const accountIds = bindings.map((binding) => binding.accountId)
  const aYearAgo = addMonths(monthOf(dateOf(ports.now())), -MONTHS_TO_COMPARE)
  const [accounts, bills, uses] = await Promise.all([
    findAccounts(ports.database, ports.personalData, accountIds),
    openBills(ports.database, accountIds, timestamp(ports.now() - RECENT_MS)),
    usesOf(ports.database, accountIds, aYearAgo),
  ])
  const [standingOf, paidFor] = await Promise.all([
    billStandings(ports, caller, bills),
    paidAmounts(ports.database, bills),
  ])
  return bindings.flatMap((binding) => {
    const account = accounts.get(binding.accountId)
    if (account === undefined) return []
    const own = bills.filter((bill) => bill.accountId === binding.accountId)
    const ownUses = uses.filter((use) => use.accountId === binding.accountId)
    const spike = spikePercent(ownUses)
    const nextBillOn = nextReadingOn(ownUses, dateOf(ports.now()))
    return [
      {
        ...boundAccount(ports, binding, account, dueBills(ports, own, { standingOf, paidFor })),
        ...(spike === undefined ? {} : { spikePercent: spike }),
        ...(nextBillOn === undefined ? {} : { nextBillOn }),
      },
    ]
  })
}

/** Bills with their standing, leaving out what is posted, void or paid elsewhere. */
function dueBills(
  ports: Ports,
  bills: readonly StoredBill[],
  known: {
    standingOf: (bill: StoredBill) => BillStanding
    paidFor: (bill: StoredBill) => PaidAmount | undefined
  },
): DueBill[] {
  return bills.flatMap((bill) => {
    const standing = known.standingOf(bill)
    if (
      standing.kind === 'posted' ||
      standing.kind === 'void' ||
      standing.kind === 'paid-elsewhere'
    )
      return []
    const isOwed = standing.kind === 'due' || standing.kind === 'paying'
    return [{ ...dueBill(ports, bill, isOwed ? undefined : known.paidFor(bill)), standing }]
  })
}

/** What was paid stays what it was; what is owed grows with the day. */
function dueBill(
  ports: Ports,
  bill: StoredBill,
  paid: PaidAmount | undefined,
): Omit<DueBill, 'standing'> {
  const amount =
    paid === undefined
      ? billAmount(knownBiller(ports, bill.billerId), bill, dateOf(ports.now()))
      : { principal: paid.principalFen, lateFee: paid.lateFeeFen, total: paid.amountFen }
  return { billId: bill.billId, month: bill.month, dueOn: bill.dueOn, ...amount }
}

function boundAccount(
  ports: Ports,
  binding: Binding,
  account: Account,
  bills: DueBill[],
): BoundAccount {
  const manifest = knownBiller(ports, account.billerId)
  return {
    accountId: account.accountId,
    billerId: account.billerId,
    billerName: manifest.names,
    service: manifest.service,
    label: binding.label,
    household: binding.household,
    accountNumber: account.accountNumber,
    holder: maskName(account.holder),
    address: maskAddress(account.address),
    billing: manifest.billing,
    ...(account.balanceFen === null ? {} : { balance: account.balanceFen }),
    bills,
    suspended: account.state === 'suspended',
  }
}
