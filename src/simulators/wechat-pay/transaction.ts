import type { Share, SimulatedOrder } from './orders'

/** An order as WeChat writes it in a query's answer and in a notice. */
export function transactionOf(order: SimulatedOrder): object {
  return order.kind === 'combined' ? combined(order) : ordinary(order)
}

function ordinary(order: SimulatedOrder): object {
  const [share] = order.shares
  if (share === undefined) throw new Error('an order has a share')
  const { appid, mchid } = order.merchant
  const who =
    order.kind === 'partner'
      ? { sp_appid: appid, sp_mchid: mchid, sub_mchid: share.payee }
      : { appid, mchid }
  return {
    ...who,
    out_trade_no: share.number,
    trade_state: order.state,
    trade_state_desc: order.state,
    ...(share.attach === undefined ? {} : { attach: share.attach }),
    ...paidFacts(order, share),
    payer: order.kind === 'partner' ? { sp_openid: order.openid } : { openid: order.openid },
    amount: {
      total: share.amount,
      currency: 'CNY',
      ...(order.paidAt === undefined
        ? {}
        : { payer_total: payerAmount(share), payer_currency: 'CNY' }),
    },
  }
}

function combined(order: SimulatedOrder): object {
  return {
    combine_appid: order.merchant.appid,
    combine_mchid: order.merchant.mchid,
    combine_out_trade_no: order.number,
    sub_orders: order.shares.map((share) => ({
      mchid: order.merchant.mchid,
      ...(order.merchant.subMerchants === undefined ? {} : { sub_mchid: share.payee }),
      out_trade_no: share.number,
      attach: share.attach,
      trade_state: order.state,
      ...paidFacts(order, share),
      amount: {
        total_amount: share.amount,
        currency: 'CNY',
        ...(order.paidAt === undefined
          ? {}
          : { payer_amount: payerAmount(share), payer_currency: 'CNY' }),
      },
    })),
    combine_payer_info: { openid: order.openid },
  }
}

function paidFacts(order: SimulatedOrder, share: Share): object {
  if (order.paidAt === undefined) return {}
  return {
    transaction_id: share.transactionId,
    trade_type: 'JSAPI',
    bank_type: 'OTHERS',
    success_time: rfc3339(order.paidAt),
    ...(share.coupon === undefined ? {} : { promotion_detail: [promotion(share.coupon)] }),
  }
}

function payerAmount(share: Share): number {
  return share.amount - (share.coupon ?? 0)
}

/** A coupon that WeChat alone pays for; the merchant gets the whole amount. */
function promotion(amount: number): object {
  return {
    coupon_id: '100000001',
    name: '生活缴费立减',
    scope: 'GLOBAL',
    type: 'NOCASH',
    amount,
    wechatpay_contribute: amount,
    merchant_contribute: 0,
    other_contribute: 0,
    currency: 'CNY',
  }
}

/** RFC 3339 with Beijing's offset. */
export function rfc3339(instant: number): string {
  return `${new Date(instant + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}
