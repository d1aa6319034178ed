import type { ReplyOf, RequestOf } from '../../contract/call'
import type { getBill as call } from '../../contract/get-bill'
import { addDays, addMonths, dateOf, daysBetween } from '../../core/time'
import { whyChanged } from '../../core/why-changed'
import { tariffOf } from '../billers/load-manifests'
import { billsOfAccount, type StoredBill } from '../postgres/bills'
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
  const earlier = await billsOfAccount(ports.database, payable.bill.accountId, 24 + MONTHS_BACK)
  const { creditedPaymentId, creditedItemNo } = payable.bill
  const receiptNumber =
    creditedPaymentId === null || creditedItemNo === null
      ? undefined
      : await receiptNumberOf(ports.database, creditedPaymentId, creditedItemNo)
  return done<typeof call>({
    ...facts(payable),
    ...amounts(ports, payable),
    standing: payable.standing,
    ...(receiptNumber === undefined ? {} : { receiptNumber }),
    ...changes(payable, earlier),
  })
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

/** A paid bill costs what was paid; one that is due grows with the day. */
function amounts(ports: Ports, { bill, manifest }: PayableBill) {
  const today = bill.creditedAt === null ? dateOf(ports.now()) : dateOf(bill.creditedAt)
  const amount = billAmount(manifest, bill, today)
  const tomorrow = billAmount(manifest, bill, addDays(today, 1))
  const rate = manifest.lateFeeRule?.perTenThousandADay
  return {
    ...amount,
    totalTomorrow: tomorrow.total,
    daysLate: Math.max(0, daysBetween(bill.dueOn, today)),
    ...(rate === undefined ? {} : { lateFeeRate: rate }),
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
