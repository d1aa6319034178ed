import type { BooksContents, SimulatedBill } from '../../src/simulators/biller/books'
import type { MadeItem, MadePayment } from './made-day'

/** The day as one biller's own books have it: who owes what, and what was credited. */
export function contentsOf(day: readonly MadePayment[], billerId: string): BooksContents {
  const contents: BooksContents = { accounts: [], bills: [], credits: [] }
  for (const payment of day)
    for (const item of payment.items) if (item.biller.id === billerId) add(contents, item)
  return contents
}

function add({ accounts, bills, credits }: BooksContents, item: MadeItem): void {
  const { accountNumber, amount, credited } = item
  accounts.push({
    accountNumber,
    holderName: '王建国',
    address: '朝阳区望京街16号0603室',
    meterNumber: `M${accountNumber}`,
    people: 3,
    state: 'active',
  })
  const isPaid = credited !== undefined || item.paidBefore !== undefined
  const bill: SimulatedBill = {
    billId: '2026-10',
    revision: 1,
    month: '2026-10',
    principal: amount,
    status: isPaid ? 'paid' : 'due',
  }
  bills.push({ accountNumber, bill })
  if (credited === undefined) return
  credits.push({
    posting: {
      postingId: item.postingId,
      accountNumber,
      billId: '2026-10',
      revision: 1,
      principal: credited.amount,
      lateFee: 0,
      amount: credited.amount,
    },
    outcome: { state: 'posted', postingNumber: item.postingNumber, postedAt: credited.at },
  })
}
