import type { BoundAccount, DueBill } from '../../../contract/list-accounts'
import type { Service } from '../../../contract/scalars'
import { dueState } from '../../../core/due-state'
import { type Fen, sumFen } from '../../../core/money'
import type { DateText } from '../../../core/time'

export type Payable = { account: BoundAccount; bill: DueBill }

export type HomeSummary = {
  /** What one can pay now; leaves out what anybody is paying right now. */
  payable: readonly Payable[]
  total: Fen
  overdue: { bills: number; longest: number }
  /** What relatives are paying right now; named when it is one person. */
  elsewhere: { amount: Fen; payer: string | undefined }
  /** What this resident's own open payment holds. */
  mine: Fen
  /** No bill is due, being paid or waiting for its money to come back. */
  isClear: boolean
  /** The bill that comes next, where a company's rhythm is known. */
  next: { on: DateText; household: string; service: Service } | undefined
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
  return {
    payable,
    total: sumOf(payable),
    overdue: { bills: late.length, longest: Math.max(0, ...late.map((state) => state.days)) },
    ...beingPaid(bills),
    isClear: !bills.some(({ bill }) => isUnsettled(bill)),
    next: nextBill(accounts),
    households: byHousehold(accounts),
  }
}

function beingPaid(bills: readonly Payable[]): Pick<HomeSummary, 'elsewhere' | 'mine'> {
  const held = bills.flatMap(({ account, bill }) => {
    const { standing } = bill
    return standing.kind === 'paying' ? [{ account, bill, standing }] : []
  })
  const others = held.filter(({ standing }) => !standing.mine)
  const [payer, ...more] = new Set(others.map(({ standing }) => standing.payer))
  return {
    elsewhere: { amount: sumOf(others), payer: more.length === 0 ? payer : undefined },
    mine: sumOf(held.filter(({ standing }) => standing.mine)),
  }
}

function nextBill(accounts: readonly BoundAccount[]): HomeSummary['next'] {
  const [first] = accounts
    .flatMap(({ nextBillOn, household, service }) =>
      nextBillOn === undefined ? [] : [{ on: nextBillOn, household, service }],
    )
    .sort((one, other) => one.on.localeCompare(other.on))
  return first
}

function byHousehold(accounts: readonly BoundAccount[]): HomeSummary['households'] {
  const names = [...new Set(accounts.map((account) => account.household))]
  return names.map((name) => {
    const own = accounts.filter((account) => account.household === name)
    return {
      name,
      accounts: own,
      due: own.flatMap((account) => account.bills.filter(isOpen)).length,
      lit: own.map((account) => !account.bills.some(isUnsettled)),
    }
  })
}

function sumOf(bills: readonly Payable[]): Fen {
  return sumFen(bills.map(({ bill }) => bill.total))
}

function isOpen({ standing }: DueBill): boolean {
  return standing.kind === 'due' || standing.kind === 'paying'
}

/** Money that the company refused leaves its bill unpaid, though nothing can be paid now. */
function isUnsettled(bill: DueBill): boolean {
  return isOpen(bill) || bill.standing.kind === 'rejected'
}
