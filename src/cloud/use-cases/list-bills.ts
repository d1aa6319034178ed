import { z } from 'zod'
import type { ReplyOf, RequestOf } from '../../contract/call'
import type { listBills as call } from '../../contract/list-bills'
import { idSchema, monthSchema } from '../../contract/scalars'
import { findAccounts } from '../postgres/accounts'
import { billPage, billsOfMonths } from '../postgres/bills'
import { type Binding, bindingsOf } from '../postgres/residents'
import { fromCursor, toCursor } from './cursor'
import { knownBiller } from './known-biller'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'
import { monthSums, type PricedBill, pricedBills } from './priced-bills'

const PAGE = 20
const PLACE = z.tuple([monthSchema, idSchema, idSchema])

type Row = ReplyOf<typeof call>['rows'][number]

/** All bills of the bound accounts, newest month first. Refusal: bad-cursor. */
export async function listBills(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const after = request.after === undefined ? undefined : fromCursor(request.after, PLACE)
  if (request.after !== undefined && after === undefined) return refuse<typeof call>('bad-cursor')
  const bindings = await chosenBindings(ports, caller, request)
  const asked = {
    accountIds: bindings.map((binding) => binding.accountId),
    status: request.state,
  }
  const found = await billPage(ports.database, {
    ...asked,
    after: after && { month: after[0], accountId: after[1], billId: after[2] },
    most: PAGE + 1,
  })
  const shown = found.slice(0, PAGE)
  const months = [...new Set(shown.map((bill) => bill.month))]
  // Whole months, so that their sums do not depend on where a page ends; they hold the page's rows.
  const whole = await pricedBills(
    ports,
    caller,
    await billsOfMonths(ports.database, { ...asked, months }),
  )
  const rows = shown.flatMap((bill) => {
    const one = whole.find(({ bill: { accountId, billId } }) => {
      return accountId === bill.accountId && billId === bill.billId
    })
    const binding = bindings.find(({ accountId }) => accountId === bill.accountId)
    return one === undefined || binding === undefined ? [] : [row(ports, one, binding)]
  })
  const last = found.length > PAGE ? shown.at(-1) : undefined
  return done<typeof call>({
    rows,
    months: months.map((month) => monthSums(month, whole)),
    ...(last === undefined ? {} : { next: toCursor([last.month, last.accountId, last.billId]) }),
  })
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

function row(ports: Ports, { bill, standing, total }: PricedBill, binding: Binding): Row {
  const manifest = knownBiller(ports, bill.billerId)
  return {
    accountId: bill.accountId,
    billId: bill.billId,
    billerName: manifest.names,
    service: manifest.service,
    label: binding.label,
    household: binding.household,
    month: bill.month,
    dueOn: bill.dueOn,
    total,
    standing,
  }
}
