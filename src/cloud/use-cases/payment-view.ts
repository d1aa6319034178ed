import type { PaymentItem as PaymentItemView, TrailStep } from '../../contract/get-payment'
import { addDays, dateOf, instantAt } from '../../core/time'
import type { Payment, PaymentItem } from '../postgres/payments'
import { type Binding, bindingsOf } from '../postgres/residents'
import { knownBiller } from './known-biller'
import type { Caller, Ports } from './ports'

const MINUTE_MS = 60_000
/** The daily match: WeChat's file is fetched from 10:00 on the next day and matched by 11:00. */
const MATCHED_BY = '11:00'

/** The items of a payment as the resident sees them, each with its money trail. */
export async function paymentItems(
  ports: Ports,
  caller: Caller,
  payment: Payment,
  items: readonly PaymentItem[],
): Promise<PaymentItemView[]> {
  const bindings = await bindingsOf(ports.database, caller.openid)
  return items.map((item) =>
    itemView(
      ports,
      payment,
      item,
      bindings.find((one) => one.accountId === item.accountId),
    ),
  )
}

function itemView(
  ports: Ports,
  payment: Payment,
  item: PaymentItem,
  binding: Binding | undefined,
): PaymentItemView {
  const manifest = knownBiller(ports, item.billerId)
  const settledAt = payment.settledAt
  return {
    itemNo: item.itemNo,
    accountId: item.accountId,
    billId: item.billId,
    billerId: item.billerId,
    billerName: manifest.names,
    service: manifest.service,
    label: binding?.label ?? '',
    household: binding?.household ?? '',
    month: item.month,
    principal: item.principalFen,
    lateFee: item.lateFeeFen,
    amount: item.amountFen,
    ...(item.state === null ? {} : { state: item.state }),
    duplicate: item.credit === 'duplicate',
    trail: trail(ports, payment, item),
    ...(settledAt === null
      ? {}
      : { finalBy: settledAt + manifest.posting.latestHours * 60 * MINUTE_MS }),
    ...(item.postingNumber === null ? {} : { postingNumber: item.postingNumber }),
    ...(item.state === null ? {} : { receiptNumber: item.receiptNumber }),
  }
}

/** Dated facts first, then the steps that are awaited, each with its hour. */
function trail(ports: Ports, payment: Payment, item: PaymentItem): TrailStep[] {
  if (payment.paidAt === null || payment.settledAt === null) return []
  const facts: TrailStep[] = [
    { kind: 'wechat', at: payment.paidAt },
    { kind: 'settled', at: payment.settledAt },
  ]
  const matchedBy = instantAt(addDays(dateOf(payment.paidAt), 1), MATCHED_BY)
  if (item.state === 'posted' && item.postedAt !== null) {
    return [
      ...facts,
      { kind: 'posted', at: item.postedAt },
      { kind: 'matched', expectedBy: matchedBy },
    ]
  }
  if (item.state === 'rejected' && item.rejectedAt !== null) {
    return [...facts, { kind: 'rejected', at: item.rejectedAt }]
  }
  const expectedBy =
    payment.settledAt + knownBiller(ports, item.billerId).posting.usualMinutes * MINUTE_MS
  return [
    ...facts,
    { kind: 'posted', expectedBy, late: ports.now() > expectedBy },
    { kind: 'matched', expectedBy: matchedBy },
  ]
}
