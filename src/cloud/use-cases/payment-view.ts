import type { PaymentItem as PaymentItemView } from '../../contract/get-payment'
import type { Instant } from '../../core/time'
import { undoUntil } from '../../core/undo'
import { matchedItems } from '../postgres/matched-items'
import type { Payment, PaymentItem } from '../postgres/payments'
import { refundsOf } from '../postgres/refunds'
import { type Binding, bindingsOf } from '../postgres/residents'
import { knownBiller } from './known-biller'
import { moneyTrail } from './money-trail'
import type { Caller, Ports } from './ports'
import { postingTimes } from './posting-times'

/** The items of a payment as the resident sees them, each with its money trail. */
export async function paymentItems(
  ports: Ports,
  caller: Caller,
  payment: Payment,
  items: readonly PaymentItem[],
): Promise<PaymentItemView[]> {
  const [bindings, refunds, matched] = await Promise.all([
    bindingsOf(ports.database, caller.openid),
    refundsOf(ports.database, payment.paymentId),
    matchedItems(ports.database, payment.paymentId),
  ])
  return items.map((item) => ({
    ...itemView(
      ports,
      payment,
      item,
      bindings.find((one) => one.accountId === item.accountId),
    ),
    trail: moneyTrail(ports, payment, item, {
      refunds: refunds.filter((one) => one.itemNo === item.itemNo),
      matchedAt: matched.get(item.itemNo),
    }),
  }))
}

function itemView(
  ports: Ports,
  payment: Payment,
  item: PaymentItem,
  binding: Binding | undefined,
): Omit<PaymentItemView, 'trail'> {
  const manifest = knownBiller(ports, item.billerId)
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
    ...(payment.settledAt === null ? {} : settledView(ports, item, payment.settledAt)),
    duplicate: item.credit === 'duplicate',
    ...(item.postingNumber === null ? {} : { postingNumber: item.postingNumber }),
  }
}

function settledView(ports: Ports, item: PaymentItem, settledAt: Instant) {
  const until = undoUntil(item, settledAt, ports.now())
  return {
    state: item.state,
    receiptNumber: item.receiptNumber,
    finalBy: postingTimes(knownBiller(ports, item.billerId), settledAt, item).latestBy,
    ...(until === undefined ? {} : { undoUntil: until }),
  }
}
