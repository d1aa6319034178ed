import type { PaymentItem as PaymentItemView } from '../../contract/get-payment'
import type { Payment, PaymentItem } from '../postgres/payments'
import { refundsOf } from '../postgres/refunds'
import { type Binding, bindingsOf } from '../postgres/residents'
import { knownBiller } from './known-biller'
import { moneyTrail } from './money-trail'
import type { Caller, Ports } from './ports'

const MINUTE_MS = 60_000

/** The items of a payment as the resident sees them, each with its money trail. */
export async function paymentItems(
  ports: Ports,
  caller: Caller,
  payment: Payment,
  items: readonly PaymentItem[],
): Promise<PaymentItemView[]> {
  const [bindings, refunds] = await Promise.all([
    bindingsOf(ports.database, caller.openid),
    refundsOf(ports.database, payment.paymentId),
  ])
  return items.map((item) => ({
    ...itemView(
      ports,
      payment,
      item,
      bindings.find((one) => one.accountId === item.accountId),
    ),
    trail: moneyTrail(
      ports,
      payment,
      item,
      refunds.find((one) => one.itemNo === item.itemNo),
    ),
  }))
}

function itemView(
  ports: Ports,
  payment: Payment,
  item: PaymentItem,
  binding: Binding | undefined,
): Omit<PaymentItemView, 'trail'> {
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
    ...(settledAt === null ? {} : { state: item.state, receiptNumber: item.receiptNumber }),
    duplicate: item.credit === 'duplicate',
    ...(settledAt === null
      ? {}
      : { finalBy: settledAt + manifest.posting.latestHours * 60 * MINUTE_MS }),
    ...(item.postingNumber === null ? {} : { postingNumber: item.postingNumber }),
  }
}
