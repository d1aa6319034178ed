import { randomBytes } from 'node:crypto'
import type { Shop } from './shop'

export type Shipment = { transactionId: string; openid: string; itemDesc: string }

/** The mini-program side: access tokens and delivery reports, checked like the platform does. */
export function createDeliveryDesk(settings: {
  appid: string
  secret: string
  shop: Shop
  managed: () => boolean
}) {
  const tokens = new Set<string>()
  const shipments: Shipment[] = []
  let failure: number | undefined

  const token = (body: Record<string, unknown>): object => {
    if (body.appid !== settings.appid) return { errcode: 40013, errmsg: 'invalid appid' }
    if (body.secret !== settings.secret) return { errcode: 40125, errmsg: 'invalid appsecret' }
    const text = randomBytes(24).toString('hex')
    tokens.add(text)
    return { access_token: text, expires_in: 7200 }
  }
  const upload = (body: Record<string, unknown>): object => {
    const key = body.order_key as
      | { order_number_type?: number; transaction_id?: string }
      | undefined
    const order =
      key?.transaction_id === undefined
        ? undefined
        : settings.shop.byTransaction(key.transaction_id)
    if (key?.order_number_type !== 2 || key.transaction_id === undefined || order === undefined) {
      return { errcode: 10060001, errmsg: 'the payment does not exist' }
    }
    if ((body.payer as { openid?: string } | undefined)?.openid !== order.openid) {
      return { errcode: 268485216, errmsg: 'the payer is another' }
    }
    const list = body.shipping_list as { item_desc?: string }[] | undefined
    const whole = body.logistics_type === 3 && body.delivery_mode === 1 && list?.length === 1
    const timed =
      typeof body.upload_time === 'string' && !Number.isNaN(Date.parse(body.upload_time))
    const itemDesc = list?.[0]?.item_desc
    if (!whole || !timed || itemDesc === undefined || itemDesc.length > 120) {
      return { errcode: 47001, errmsg: 'the data has another form' }
    }
    if (shipments.some((one) => one.transactionId === key.transaction_id)) {
      return { errcode: 10060003, errmsg: 'the delivery was reported before' }
    }
    shipments.push({ transactionId: key.transaction_id, openid: order.openid, itemDesc })
    return { errcode: 0, errmsg: 'ok' }
  }
  return {
    shipments: () => shipments as readonly Shipment[],
    /** The next question, tokens apart, is answered with this error code. */
    failNext: (errcode: number): void => {
      failure = errcode
    },
    /** Another holder of the secret has fetched a token: the old ones are worth nothing. */
    revokeTokens: (): void => tokens.clear(),
    /** Undefined for a path that is not simulated. */
    answer: (
      path: string,
      query: URLSearchParams,
      body: Record<string, unknown>,
    ): object | undefined => {
      if (path === '/cgi-bin/stable_token') return token(body)
      if (!path.startsWith('/wxa/sec/order/')) return undefined
      if (failure !== undefined) {
        const errcode = failure
        failure = undefined
        return { errcode, errmsg: 'failed as asked' }
      }
      if (!tokens.has(query.get('access_token') ?? ''))
        return { errcode: 40001, errmsg: 'invalid access token' }
      if (path.endsWith('/is_trade_managed'))
        return { errcode: 0, errmsg: 'ok', is_trade_managed: settings.managed() }
      return path.endsWith('/upload_shipping_info') ? upload(body) : undefined
    },
  }
}
