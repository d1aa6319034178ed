import { toRfc3339 } from '../../core/time'
import type { Merchant } from './merchant'
import type { Order } from './order'

/** What is sent to WeChat for an order: only documented fields, since extra ones may be refused. */
export type Sent = { method: 'GET' | 'POST'; path: string; body?: object }

/** Places an order: pay.weixin.qq.com, JSAPI and combined orders. */
export function placeRequest(merchant: Merchant, order: Order, notifyUrl: string): Sent {
  if (order.kind === 'combined') return combinedPlace(merchant, order, notifyUrl)
  const [share] = order.parts
  const common = {
    description: order.description,
    out_trade_no: order.orderNumber,
    time_expire: toRfc3339(order.expiresAt),
    attach: share?.attach,
    notify_url: notifyUrl,
    amount: { total: order.amount, currency: 'CNY' },
  }
  if (order.mode === 'direct') {
    const body = {
      appid: merchant.appid,
      mchid: merchant.mchid,
      ...common,
      payer: { openid: order.openid },
    }
    return { method: 'POST', path: '/v3/pay/transactions/jsapi', body }
  }
  const body = {
    sp_appid: merchant.appid,
    sp_mchid: merchant.mchid,
    sub_mchid: share?.payeeId,
    ...common,
    payer: { sp_openid: order.openid },
  }
  return { method: 'POST', path: '/v3/pay/partner/transactions/jsapi', body }
}

function combinedPlace(merchant: Merchant, order: Order, notifyUrl: string): Sent {
  const body = {
    combine_appid: merchant.appid,
    combine_mchid: merchant.mchid,
    combine_out_trade_no: order.orderNumber,
    time_expire: toRfc3339(order.expiresAt),
    notify_url: notifyUrl,
    combine_payer_info: { openid: order.openid },
    sub_orders: order.parts.map((share) => ({
      ...merchantOf(order, share.payeeId),
      out_trade_no: share.orderNumber,
      attach: share.attach,
      description: share.description,
      amount: { total_amount: share.amount, currency: 'CNY' },
    })),
  }
  return { method: 'POST', path: '/v3/combine-transactions/jsapi', body }
}

export function queryRequest(order: Order): Sent {
  const number = encodeURIComponent(order.orderNumber)
  if (order.kind === 'combined')
    return { method: 'GET', path: `/v3/combine-transactions/out-trade-no/${number}` }
  if (order.mode === 'direct') {
    return {
      method: 'GET',
      path: `/v3/pay/transactions/out-trade-no/${number}?mchid=${order.mchid}`,
    }
  }
  const subMchid = order.parts[0]?.payeeId ?? ''
  const query = `sp_mchid=${order.mchid}&sub_mchid=${subMchid}`
  return { method: 'GET', path: `/v3/pay/partner/transactions/out-trade-no/${number}?${query}` }
}

export function closeRequest(merchant: Merchant, order: Order): Sent {
  const number = encodeURIComponent(order.orderNumber)
  if (order.kind === 'combined') {
    const body = {
      combine_appid: merchant.appid,
      sub_orders: order.parts.map((share) => ({
        ...merchantOf(order, share.payeeId),
        out_trade_no: share.orderNumber,
      })),
    }
    return { method: 'POST', path: `/v3/combine-transactions/out-trade-no/${number}/close`, body }
  }
  if (order.mode === 'direct') {
    return {
      method: 'POST',
      path: `/v3/pay/transactions/out-trade-no/${number}/close`,
      body: { mchid: order.mchid },
    }
  }
  const body = { sp_mchid: order.mchid, sub_mchid: order.parts[0]?.payeeId }
  return { method: 'POST', path: `/v3/pay/partner/transactions/out-trade-no/${number}/close`, body }
}

function merchantOf(order: Order, payeeId: string): object {
  return order.mode === 'direct' ? { mchid: payeeId } : { mchid: order.mchid, sub_mchid: payeeId }
}
