import type { PaymentDossier } from '../postgres/payment-dossiers'
import type { Order } from '../wechat/order'
import { knownBiller } from './known-biller'
import type { Ports } from './ports'

/** A stored payment as the order that WeChat Pay knows; the same for ever. */
export function wechatOrder(ports: Ports, { payment, orders, items }: PaymentDossier): Order {
  return {
    kind: payment.kind,
    mode: payment.mode,
    mchid: payment.merchantId,
    orderNumber: payment.orderNumber,
    openid: payment.openid,
    amount: payment.amountFen,
    expiresAt: payment.expiresAt,
    description: description(
      ports,
      items.map((item) => item.billerId),
    ),
    parts: orders.map((order) => ({
      orderNumber: order.orderNumber,
      payeeId: order.payeeId,
      amount: order.amountFen,
      description: description(
        ports,
        items.filter((item) => item.orderNo === order.orderNo).map((item) => item.billerId),
      ),
      attach: 'wanjia',
    })),
  }
}

/** What the payer reads on the sheet: the companies' names, within WeChat's 127 characters. */
function description(ports: Ports, billerIds: readonly string[]): string {
  const names = [...new Set(billerIds)].map((billerId) => knownBiller(ports, billerId).names.zh)
  return names.join('、').slice(0, 40)
}
