import type { ReplyOf, RequestOf } from '../../contract/call'
import type { getBill as call } from '../../contract/get-bill'
import { addDays, addMonths, type DateText, dateOf, daysBetween } from '../../core/time'
import { whyChanged } from '../../core/why-changed'
import { tariffOf } from '../billers/load-manifests'
import { billsOfAccount, type StoredBill } from '../postgres/bills'
import { findPayment, type PaidAmount, paidAmounts } from '../postgres/payments'
import { receiptNumberOf } from '../postgres/receipts'
import { billAmount } from './bill-amount'
import { done, type Outcome, refuse } from './outcome'
import { type PayableBill, payableBills } from './payable-bills'
import type { Caller, Ports } from './ports'

const MONTHS_BACK = 13

/** One bill with its explanation; another person's bill is not found. */
export async function getBill(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const [payable] = (await payableBills(ports, caller, [request])) ?? []
  if (payable === undefined) return refuse<typeof call>('not-found')
  const { bill } = payable
  const [earlier, paidFor, own] = await Promise.all([
    billsOfAccount(ports.database, bill.accountId, 24 + MONTHS_BACK),
    paidAmounts(ports.database, [bill]),
    ownPayment(ports, caller, payable),
  ])
  return done<typeof call>({
    ...facts(payable),
    ...amounts(ports, payable, paidFor(bill)),
    standing: payable.standing,
    ...own,
    ...changes(payable, earlier),
  })
}

type Own = Pick<ReplyOf<typeof call>, 'paymentId' | 'receiptNumber'>

/** The caller's own payment that holds or paid the bill; a relative's is nobody else's to open. */
async function ownPayment(
  ports: Ports,
  caller: Caller,
  { bill, standing }: PayableBill,
): Promise<Own> {
  const paymentId = bill.creditedPaymentId ?? bill.lockPaymentId
  if (paymentId === null || standing.kind === 'due') return {}
  const payment = await findPayment(ports.database, paymentId)
  if (payment?.openid !== caller.openid || payment.state === 'closed') return {}
  const receiptNumber =
    bill.creditedItemNo === null
      ? undefined
      : await receiptNumberOf(ports.database, paymentId, bill.creditedItemNo)
  return {
    paymentId: payment.phonePaymentId,
    ...(receiptNumber === undefined ? {} : { receiptNumber }),
  }
}

function facts({ bill, account, binding, manifest }: PayableBill) {
  return {
    accountId: bill.accountId,
    billId: bill.billId,
    billerId: bill.billerId,
    billerName: manifest.names,
    service: manifest.service,
    label: binding.label,
    household: binding.household,
    accountNumber: account.accountNumber,
    month: bill.month,
    revision: bill.revision,
    periodFrom: bill.periodFrom,
    periodTo: bill.periodTo,
    issuedOn: bill.issuedOn,
    dueOn: bill.dueOn,
    previousReading: bill.previousReading,
    currentReading: bill.currentReading,
    readOn: bill.readOn,
    readKind: bill.readKind,
    unit: manifest.service === 'electricity' ? ('kWh' as const) : ('m3' as const),
    usage: bill.usage,
    lines: bill.lines,
    tariff: { id: bill.tariffVersion, validFrom: tariffOf(bill.tariffVersion).validFrom },
  }
}

/** A paid bill costs what was paid for it, fixed when that was quoted; one that is due grows. */
function amounts(ports: Ports, payable: PayableBill, paid: PaidAmount | undefined) {
  const { bill, manifest } = payable
  const rate = manifest.lateFeeRule?.perTenThousandADay
  const on = pricedOn(ports, payable, paid)
  const today = billAmount(manifest, bill, on)
  const growing = { ...today, totalTomorrow: billAmount(manifest, bill, addDays(on, 1)).total }
  return {
    ...(paid === undefined || payable.standing.kind === 'due' ? growing : asPaid(paid)),
    daysLate: Math.max(0, daysBetween(bill.dueOn, on)),
    ...(rate === undefined ? {} : { lateFeeRate: rate }),
  }
}

/** Of a bill paid elsewhere or void only the principal is known: it is priced as on its due date. */
function pricedOn(
  ports: Ports,
  { bill, standing }: PayableBill,
  paid: PaidAmount | undefined,
): DateText {
  if (standing.kind === 'due' || standing.kind === 'paying') return dateOf(ports.now())
  return paid === undefined ? bill.dueOn : dateOf(paid.quotedAt)
}

function asPaid({ principalFen, lateFeeFen, amountFen }: PaidAmount) {
  return {
    principal: principalFen,
    lateFee: lateFeeFen,
    total: amountFen,
    totalTomorrow: amountFen,
  }
}

type Changes = Pick<ReplyOf<typeof call>, 'sinceLastMonth' | 'sinceLastYear'>

function changes({ bill }: PayableBill, earlier: readonly StoredBill[]): Changes {
  const since = (month: string) => {
    const other = earlier.find((one) => one.month === month)
    return other === undefined ? undefined : { month, ...whyChanged(bill, other) }
  }
  const lastMonth = since(addMonths(bill.month, -1))
  const lastYear = since(addMonths(bill.month, -12))
  return {
    ...(lastMonth === undefined ? {} : { sinceLastMonth: lastMonth }),
    ...(lastYear === undefined ? {} : { sinceLastYear: lastYear }),
  }
}
