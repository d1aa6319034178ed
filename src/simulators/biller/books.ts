/** A biller's own accounts, bills and credits, in memory; shapes as in docs/biller-protocol.yaml. */
export type SimulatedAccount = {
  accountNumber: string
  holderName: string
  address: string
  phone?: string
  meterNumber: string
  people: number
  state: 'active' | 'suspended'
  prepaidBalance?: number
  lastPaidAmount?: number
}
export type SimulatedBill = {
  billId: string
  revision: number
  month: string
  principal: number
  status: 'due' | 'paid' | 'void'
  [field: string]: unknown
}
export type SimulatedPosting = {
  postingId: string
  accountNumber: string
  billId: string
  revision: number
  principal: number
  lateFee: number
  amount: number
}
export type SimulatedOutcome =
  | { state: 'posted'; postingNumber: string; postedAt: number }
  | { state: 'rejected'; code: string }

export type BooksContents = {
  accounts: SimulatedAccount[]
  bills: { accountNumber: string; bill: SimulatedBill }[]
  credits: { posting: SimulatedPosting; outcome: SimulatedOutcome }[]
}

export function createBooks(
  prefix: string,
  contents: BooksContents = { accounts: [], bills: [], credits: [] },
) {
  let { accounts, bills, credits } = contents
  const findBill = (accountNumber: string, billId: string) =>
    bills.find((one) => one.accountNumber === accountNumber && one.bill.billId === billId)?.bill

  const decide = (posting: SimulatedPosting, now: number): SimulatedOutcome => {
    if (!accounts.some((one) => one.accountNumber === posting.accountNumber)) {
      return { state: 'rejected', code: 'no-such-account' }
    }
    const bill = findBill(posting.accountNumber, posting.billId)
    if (bill === undefined || bill.status === 'void' || bill.revision !== posting.revision) {
      return { state: 'rejected', code: 'nothing-owed' }
    }
    if (bill.status === 'paid') return { state: 'rejected', code: 'already-credited' }
    if (
      posting.principal !== bill.principal ||
      posting.amount !== posting.principal + posting.lateFee
    ) {
      return { state: 'rejected', code: 'amount-differs' }
    }
    bill.status = 'paid'
    const serial = String(credits.length + 1).padStart(5, '0')
    return { state: 'posted', postingNumber: `${prefix}${dayOf(now)}-${serial}`, postedAt: now }
  }
  return {
    account: (accountNumber: string) => accounts.find((one) => one.accountNumber === accountNumber),
    bills: (accountNumber: string) =>
      bills.filter((one) => one.accountNumber === accountNumber).map((one) => one.bill),
    credit: (postingId: string) =>
      credits.find((one) => one.posting.postingId === postingId)?.outcome,
    credits: () => credits,
    /** Credits once per posting id; a second one gives the first outcome. */
    post: (
      posting: SimulatedPosting,
      now: number,
    ): { outcome: SimulatedOutcome; again: boolean } => {
      const known = credits.find((one) => one.posting.postingId === posting.postingId)
      if (known !== undefined) return { outcome: known.outcome, again: true }
      const outcome = decide(posting, now)
      credits.push({ posting, outcome })
      return { outcome, again: false }
    },
    load: (next: BooksContents) => {
      accounts = next.accounts
      bills = next.bills
      credits = next.credits
    },
    dump: (): BooksContents => ({ accounts, bills, credits }),
  }
}

/** '20261116' in Asia/Shanghai. */
function dayOf(now: number): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
}
