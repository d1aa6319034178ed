import type { ReplyOf, RequestOf } from '../../contract/call'
import type { listBills as call } from '../../contract/list-bills'
import { dateOf } from '../../core/time'
import { findAccounts } from '../postgres/accounts'
import { type BillPageAfter, billPage, type StoredBill } from '../postgres/bills'
import { type Binding, bindingsOf } from '../postgres/residents'
import { billAmount } from './bill-amount'
import { billStandings } from './bill-standing'
import { fromCursor, toCursor } from './cursor'
import { knownBiller } from './known-biller'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'

const PAGE = 20

/** All bills of the bound accounts, newest month first. Refusal: bad-cursor. */
export async function listBills(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const after = request.after === undefined ? undefined : placeOf(request.after)
  if (request.after !== undefined && after === undefined) return refuse<typeof call>('bad-cursor')
  const bindings = await chosenBindings(ports, caller, request)
  const bills = await billPage(ports.database, {
    accountIds: bindings.map((binding) => binding.accountId),
    status: request.state,
    after,
    most: PAGE + 1,
  })
  const shown = bills.slice(0, PAGE)
  const standingOf = await billStandings(ports, caller, shown)
  const rows = shown.flatMap((bill) => {
    const binding = bindings.find((one) => one.accountId === bill.accountId)
    return binding === undefined
      ? []
      : [{ ...row(ports, bill, binding), standing: standingOf(bill) }]
  })
  const last = shown.at(-1)
  if (bills.length <= PAGE || last === undefined) return done<typeof call>({ rows })
  return done<typeof call>({ rows, next: toCursor([last.month, last.accountId, last.billId]) })
}

async function chosenBindings(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Binding[]> {
  const bindings = (await bindingsOf(ports.database, caller.openid)).filter(
    (binding) =>
      (request.accountId === undefined || binding.accountId === request.accountId) &&
      (request.household === undefined || binding.household === request.household),
  )
  if (request.service === undefined) return bindings
  const accounts = await findAccounts(
    ports.database,
    ports.personalData,
    bindings.map((binding) => binding.accountId),
  )
  return bindings.filter((binding) => {
    const account = accounts.get(binding.accountId)
    return account !== undefined && knownBiller(ports, account.billerId).service === request.service
  })
}

type Row = Omit<ReplyOf<typeof call>['rows'][number], 'standing'>

/** A bill that is paid shows what was asked for it; one that is due shows today's amount. */
function row(ports: Ports, bill: StoredBill, binding: Binding): Row {
  const manifest = knownBiller(ports, bill.billerId)
  const paidOn = bill.creditedAt === null ? undefined : dateOf(bill.creditedAt)
  const on = bill.status === 'due' ? dateOf(ports.now()) : (paidOn ?? bill.dueOn)
  return {
    accountId: bill.accountId,
    billId: bill.billId,
    billerName: manifest.names,
    service: manifest.service,
    label: binding.label,
    household: binding.household,
    month: bill.month,
    dueOn: bill.dueOn,
    total: billAmount(manifest, bill, on).total,
  }
}

function placeOf(cursor: string): BillPageAfter | undefined {
  const [month, accountId, billId] = fromCursor(cursor, 3) ?? []
  if (typeof month !== 'string' || typeof accountId !== 'string' || typeof billId !== 'string')
    return undefined
  return { month, accountId, billId }
}
