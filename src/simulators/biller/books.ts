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

export type SimulatedReversal = { reversalId: string; postingId: string; amount: number }
export type SimulatedReversalOutcome =
  | { state: 'reversed'; reversalNumber: string; reversedAt: number }
  | { state: 'refused'; code: string }

export type BooksContents = {
  accounts: SimulatedAccount[]
  bills: { accountNumber: string; bill: SimulatedBill }[]
  credits: { posting: SimulatedPosting; outcome: SimulatedOutcome }[]
  reversals?: { reversal: SimulatedReversal; outcome: SimulatedReversalOutcome }[]
}

export function createBooks(
  prefix: string,
  contents: BooksContents = { accounts: [], bills: [], credits: [] },
) {
  let { accounts, bills, credits, reversals = [] } = contents
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
  const decideReversal = (
    { reversalId, postingId, amount }: SimulatedReversal,
    now: number,
  ): SimulatedReversalOutcome => {
    const credit = credits.find((one) => one.posting.postingId === postingId)
    if (credit?.outcome.state !== 'posted') return { state: 'refused', code: 'no-such-posting' }
    const before = reversals
      .filter((one) => one.reversal.postingId === postingId && one.outcome.state === 'reversed')
      .reduce((sum, one) => sum + one.reversal.amount, 0)
    const { accountNumber, billId } = credit.posting
    if (before + amount > credit.posting.amount)
      return { state: 'refused', code: 'more-than-posted' }
    const bill = findBill(accountNumber, billId)
    if (before + amount === credit.posting.amount && bill !== undefined) {
      bill.revision += 1
      bill.status = 'due'
    }
    return {
      state: 'reversed',
      reversalNumber: `${prefix}-R${reversalId.slice(-3)}`,
      reversedAt: now,
    }
  }
  return {
    /** Takes a credit back once per reversal id; a bill that nothing pays any more is issued anew. */
    reverse: (reversal: SimulatedReversal, now: number): SimulatedReversalOutcome => {
      const known = reversals.find((one) => one.reversal.reversalId === reversal.reversalId)
      if (known !== undefined) return known.outcome
      const outcome = decideReversal(reversal, now)
      reversals.push({ reversal, outcome })
      return outcome
    },
    reversals: () => reversals,
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
      reversals = next.reversals ?? []
    },
    dump: (): BooksContents => ({ accounts, bills, credits, reversals }),
  }
}

/** '20261116' in Asia/Shanghai. */
function dayOf(now: number): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
}
