import { type Database, statement } from '../../src/cloud/postgres/database'
import {
  type PaidFact,
  type PaymentToStart,
  startPaymentRow,
} from '../../src/cloud/postgres/payment-writes'
import { putBillers } from '../../src/cloud/postgres/staff'
import type { OrderFact } from '../../src/cloud/wechat/order'
import { fen } from '../../src/core/money'
import { orderNumber } from '../../src/core/payment-id'
import { aPaymentId } from './payer'
import { TODAY } from './town'

const ACCOUNT = statement(
  'test-account-put',
  `insert into account (account_id, biller_id, account_number, holder_sealed, address_sealed, meter_number,
     people, state, synced_at)
   values ($1, $2, $1, '', '', '', 1, 'active', now()) on conflict (account_id) do nothing`,
)
const BILL = statement(
  'test-bill-put',
  `insert into bill (account_id, bill_id, biller_id, revision, month, period_from, period_to, issued_on, due_on,
     previous_reading, current_reading, read_on, read_kind, usage, used_before, lines, principal_fen,
     tariff_version, status)
   values ($1, $2, $3, 1, '2026-10', '2026-09-21', '2026-10-20', '2026-10-22', '2026-11-06', 0, 0, '2026-10-20',
     'actual', 0, 0, '[]', $4, 't', 'due')`,
)

export type ItemToStore = {
  orderNo: number
  principal: number
  lateFee: number
  undoMinutes?: number
}

/** One item of a yuan. */
const ONE_ITEM: ItemToStore[] = [{ orderNo: 1, principal: 100, lateFee: 0 }]

/** The biller whose bills an order pays. */
export const billerOf = (orderNo: number) => `biller-${orderNo}`

/** A started payment of bills of its own, one biller and payee per order, straight in the database. */
export async function aStoredPayment(
  database: Database,
  items: readonly ItemToStore[] = ONE_ITEM,
): Promise<string> {
  const payment = await aPaymentToStart(database, items)
  const answer = await startPaymentRow(database, payment, TODAY)
  if (!('started' in answer)) throw new Error(JSON.stringify(answer))
  return payment.paymentId
}

/** Stores the bills of such a payment and gives what starts it. */
export async function aPaymentToStart(
  database: Database,
  items: readonly ItemToStore[] = ONE_ITEM,
): Promise<PaymentToStart> {
  const paymentId = aPaymentId()
  const orderNos = [...new Set(items.map((item) => item.orderNo))].sort((a, b) => a - b)
  await putBillers(database, orderNos.map(billerOf))
  for (const [index, { orderNo, principal }] of items.entries()) {
    const biller = billerOf(orderNo)
    await database.run(ACCOUNT, [`account-${orderNo}`, biller])
    await database.run(BILL, [`account-${orderNo}`, `${paymentId}-${index}`, biller, principal])
  }
  const amountOf = (some: readonly ItemToStore[]) =>
    fen(some.reduce((sum, item) => sum + item.principal + item.lateFee, 0))
  return {
    paymentId,
    openid: 'o-payer',
    phonePaymentId: paymentId,
    digest: paymentId,
    mode: 'partner',
    kind: orderNos.length > 1 ? 'combined' : 'ordinary',
    merchantId: 'provider',
    orderNumber: orderNumber(paymentId, orderNos.length > 1 ? 0 : 1),
    amountFen: amountOf(items),
    expiresAt: TODAY + 900_000,
    nextAskAt: TODAY + 30_000,
    orders: orderNos.map((orderNo) => ({
      orderNo,
      orderNumber: orderNumber(paymentId, orderNo),
      payeeId: `payee-${orderNo}`,
      amountFen: amountOf(items.filter((item) => item.orderNo === orderNo)),
    })),
    items: items.map((item, index) => ({
      itemNo: index + 1,
      orderNo: item.orderNo,
      billerId: billerOf(item.orderNo),
      accountId: `account-${item.orderNo}`,
      accountTail: '0001',
      billId: `${paymentId}-${index}`,
      revision: 1,
      month: '2026-10',
      dueOn: '2026-11-06',
      principalFen: fen(item.principal),
      lateFeeFen: fen(item.lateFee),
      receiptNumber: `R${paymentId}${index}`,
      undoMinutes: item.undoMinutes ?? 0,
    })),
  }
}

/** WeChat's word that all of it was paid; `couponOf` says how much of an order a coupon paid. */
export function paidFactOf(
  paymentId: string,
  items: readonly ItemToStore[] = ONE_ITEM,
  couponOf: (orderNo: number) => number = () => 0,
): PaidFact {
  const orderNos = [...new Set(items.map((item) => item.orderNo))].sort((a, b) => a - b)
  return {
    orderNumber: orderNumber(paymentId, orderNos.length > 1 ? 0 : 1),
    merchantId: 'provider',
    openid: 'o-payer',
    parts: orderNos.map((orderNo) => {
      const amount = items
        .filter((item) => item.orderNo === orderNo)
        .reduce((sum, item) => sum + item.principal + item.lateFee, 0)
      return {
        orderNumber: orderNumber(paymentId, orderNo),
        payeeId: `payee-${orderNo}`,
        transactionId: `4200-${paymentId}-${orderNo}`,
        amountFen: fen(amount),
        payerFen: fen(amount - couponOf(orderNo)),
        paidAt: TODAY + 60_000,
      }
    }),
  }
}

/** The same as WeChat's client tells it. */
export function orderFactOf(
  paymentId: string,
  items: readonly ItemToStore[] = ONE_ITEM,
): OrderFact & { state: 'paid' } {
  const { orderNumber: number, openid, parts } = paidFactOf(paymentId, items)
  return {
    state: 'paid',
    appid: 'a',
    openid,
    orderNumber: number,
    parts: parts.map(({ amountFen, payerFen, ...part }) => ({
      isRefunded: false,
      ...part,
      amount: amountFen,
      payerAmount: payerFen,
    })),
  }
}

/** Another payment of the same bills. */
export function anotherOf(payment: PaymentToStart): PaymentToStart {
  const paymentId = aPaymentId()
  return {
    ...payment,
    paymentId,
    digest: paymentId,
    phonePaymentId: paymentId,
    orderNumber: orderNumber(paymentId, 1),
    orders: payment.orders.map((order) => ({ ...order, orderNumber: orderNumber(paymentId, 1) })),
    items: payment.items.map((item) => ({ ...item, receiptNumber: `R${paymentId}` })),
  }
}

/** What WeChat is told of a company's share of a stored payment. */
export const shareOf = (paymentId: string) => (orderNo: number, amount: number) => ({
  orderNumber: orderNumber(paymentId, orderNo),
  payeeId: `payee-${orderNo}`,
  amount,
  description: `名biller-${orderNo}`,
  attach: 'wanjia',
})
