import type { BoundAccount, DueBill } from '../../../contract/list-accounts'
import { dueState } from '../../../core/due-state'
import { type Fen, fen, sumFen } from '../../../core/money'
import type { DateText } from '../../../core/time'

export type Payable = { account: BoundAccount; bill: DueBill }

export type HomeSummary = {
  /** What one can pay now; leaves out what anybody is paying right now. */
  payable: readonly Payable[]
  total: Fen
  overdue: { bills: number; longest: number }
  /** What a relative is paying right now. */
  elsewhere: { amount: Fen; payer: string | undefined }
  households: readonly {
    name: string
    accounts: readonly BoundAccount[]
    due: number
    lit: readonly boolean[]
  }[]
}

/** What the home screen says, from the bound accounts; households keep the resident's own order. */
export function homeSummary(accounts: readonly BoundAccount[], today: DateText): HomeSummary {
  const bills = accounts.flatMap((account) => account.bills.map((bill) => ({ account, bill })))
  const payable = bills.filter(
    ({ account, bill }) => bill.standing.kind === 'due' && !account.suspended,
  )
  const late = payable
    .map(({ bill }) => dueState(bill.dueOn, today))
    .filter((state) => state.kind === 'late')
  const others = bills.filter(({ bill }) => bill.standing.kind === 'paying' && !bill.standing.mine)
  const [other] = others
  return {
    payable,
    total: sumFen(payable.map(({ bill }) => bill.total)),
    overdue: { bills: late.length, longest: Math.max(0, ...late.map((state) => state.days)) },
    elsewhere: {
      amount: others.length === 0 ? fen(0) : sumFen(others.map(({ bill }) => bill.total)),
      payer: other?.bill.standing.kind === 'paying' ? other.bill.standing.payer : undefined,
    },
    households: byHousehold(accounts),
  }
}

function byHousehold(accounts: readonly BoundAccount[]): HomeSummary['households'] {
  const names = [...new Set(accounts.map((account) => account.household))]
  return names.map((name) => {
    const own = accounts.filter((account) => account.household === name)
    const isLit = (account: BoundAccount) => !account.bills.some(isOpen)
    return {
      name,
      accounts: own,
      due: own.reduce((count, account) => count + account.bills.filter(isOpen).length, 0),
      lit: own.map(isLit),
    }
  })
}

function isOpen(bill: DueBill): boolean {
  return bill.standing.kind === 'due' || bill.standing.kind === 'paying'
}
