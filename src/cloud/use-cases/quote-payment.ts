import type { ReplyOf, RequestOf } from '../../contract/call'
import type { quotePayment as call } from '../../contract/quote-payment'
import { maskAddress, maskName } from '../../core/masking'
import { sumFen } from '../../core/money'
import { accountsPaidBefore } from '../postgres/payments'
import { type NotPayable, notPayable } from './not-payable'
import { done, type Outcome, refuse } from './outcome'
import { type PayableBill, payableBills } from './payable-bills'
import { heldUntil, planPayments } from './plan-payments'
import type { Caller, Ports } from './ports'
import { pricedBills } from './priced-bills'
import { undoMinutesOf } from './undo-minutes'

type Reply = ReplyOf<typeof call>

/** What the pay page shows before the tap. Refusal: not-found (also another person's bill). */
export async function quotePayment(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const payables = await payableBills(ports, caller, request.bills)
  if (payables === undefined) return refuse<typeof call>('not-found')
  const looked = payables.map((payable) => ({ payable, why: notPayable(ports, payable) }))
  const left = looked.flatMap((one) => (one.why === undefined ? [] : [{ ...one, why: one.why }]))
  // A bill that is paid costs what was paid, however long ago.
  const priced = await pricedBills(
    ports,
    caller,
    left.map(({ payable }) => payable.bill),
  )
  const open = looked.filter(({ why }) => why === undefined).map(({ payable }) => payable)
  const before = await accountsPaidBefore(
    ports.database,
    caller.openid,
    open.map(({ bill }) => bill.accountId),
  )
  const payments = planPayments(open).map(({ bills }) => ({
    items: bills.map((payable) =>
      quoteItem(payable, {
        firstPayment: !before.has(payable.bill.accountId),
        undoMinutes: undoMinutesOf(payable, before, heldUntil(ports, bills)),
      }),
    ),
    total: sumFen(bills.map((payable) => payable.total)),
  }))
  const mine = payables.find(
    ({ standing }) => standing.kind === 'paying' && standing.mine,
  )?.standing
  return done<typeof call>({
    payments,
    total: sumFen(open.map((payable) => payable.total)),
    heldUntil: open.length === 0 ? ports.now() : heldUntil(ports, open),
    ...(mine?.kind === 'paying' && mine.paymentId !== undefined
      ? { resume: { paymentId: mine.paymentId, until: mine.until } }
      : {}),
    left: left.map(({ payable, why }, place) =>
      leftItem({ ...payable, total: priced[place]?.total ?? payable.total }, why),
    ),
  })
}

function quoteItem(
  { bill, account, binding, manifest, principal, lateFee, total }: PayableBill,
  { firstPayment, undoMinutes }: { firstPayment: boolean; undoMinutes: number },
) {
  return {
    accountId: bill.accountId,
    billId: bill.billId,
    billerId: bill.billerId,
    billerName: manifest.names,
    legalName: manifest.legalName,
    service: manifest.service,
    label: binding.label,
    household: binding.household,
    accountNumber: account.accountNumber,
    holder: maskName(account.holder),
    address: maskAddress(account.address),
    month: bill.month,
    dueOn: bill.dueOn,
    principal,
    lateFee,
    total,
    firstPayment,
    ...(undoMinutes === 0 ? {} : { undoMinutes }),
  }
}

function leftItem(
  { bill, binding, manifest, total }: PayableBill,
  { reason, details }: NotPayable,
): Reply['left'][number] {
  if (reason === 'amount-changed') throw new Error('a quote has no amount to compare with')
  return {
    accountId: bill.accountId,
    billId: bill.billId,
    billerName: manifest.names,
    label: binding.label,
    household: binding.household,
    total,
    reason,
    ...(details.payer === undefined ? {} : { payer: details.payer }),
    ...(details.from === undefined ? {} : { from: details.from }),
    ...(details.until === undefined ? {} : { until: details.until }),
  }
}
