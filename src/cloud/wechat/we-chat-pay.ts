import { Formatter, Rsa } from 'wechatpay-axios-plugin'
import { z } from 'zod'
import type { RequestPaymentParameters } from '../../contract/start-payment'
import type { Delivery } from './delivery'
import { errorCode, faultOf } from './error-codes'
import { checkedMerchant, type Merchant } from './merchant'
import type { Order, OrderFact } from './order'
import { readFact } from './order-facts'
import { closeRequest, placeRequest, queryRequest } from './order-requests'
import { createTransport, type Transport, type TransportSettings } from './transport'
import { WeChatPayFault } from './we-chat-pay-fault'

/** WeChat Pay as the use cases know it. Everything throws WeChatPayFault when the outcome is unknown. */
export interface WeChatPay {
  /** Places the order; the same order again gives a fresh prepay id. */
  order(order: Order): Promise<{ prepayId: string }>
  /** WeChat's word on an order; `absent` when it does not know it. */
  query(order: Order): Promise<OrderFact>
  /** Closes an unpaid order. `paid`: too late, ask. `busy`: the payer may be paying now, ask again. */
  close(order: Order): Promise<'closed' | 'paid' | 'busy'>
  /** What opens WeChat's sheet on the phone, signed now. */
  requestPaymentParameters(order: Order, prepayId: string): RequestPaymentParameters
  /** Reports delivery where WeChat manages the mini-program's trade. */
  reportDelivery(order: Order, transactionId: string): Promise<void>
}

export type WeChatPaySettings = TransportSettings & {
  merchants: readonly Merchant[]
  notifyUrl: string
  delivery: Delivery
}

export function createWeChatPay(settings: WeChatPaySettings): WeChatPay {
  const merchants = new Map(settings.merchants.map((one) => [one.mchid, checkedMerchant(one)]))
  const send = createTransport(settings)
  const merchantFor = ({ mchid }: Order): Merchant => {
    const merchant = merchants.get(mchid)
    if (merchant === undefined) throw new Error(`no keys are held for merchant ${mchid}`)
    return merchant
  }
  return {
    order: (order) => place(send, merchantFor(order), order, settings.notifyUrl),
    query: (order) => query(send, merchantFor(order), order),
    close: (order) => close(send, merchantFor(order), order),
    requestPaymentParameters: (order, prepayId) =>
      sheetParameters(merchantFor(order), prepayId, settings.now()),
    reportDelivery: (order, transactionId) => settings.delivery(order, transactionId),
  }
}

const placedSchema = z.object({ prepay_id: z.string() })

async function place(send: Transport, merchant: Merchant, order: Order, notifyUrl: string) {
  const answer = await send(merchant, placeRequest(merchant, order, notifyUrl))
  const placed = placedSchema.safeParse(answer.body)
  if (answer.status !== 200 || !placed.success) throw faultOf(answer)
  return { prepayId: placed.data.prepay_id }
}

async function query(send: Transport, merchant: Merchant, order: Order): Promise<OrderFact> {
  const answer = await send(merchant, queryRequest(order))
  const code = errorCode(answer)
  if (code === 'ORDERNOTEXIST') {
    return { state: 'absent', orderNumber: order.orderNumber, appid: merchant.appid, parts: [] }
  }
  if (code !== undefined) throw faultOf(answer)
  const read = readFact(answer.body)
  if (read === undefined) throw new WeChatPayFault('UNREADABLE', { requestId: answer.requestId })
  if (read.fact.orderNumber !== order.orderNumber || read.merchantId !== merchant.mchid) {
    throw new WeChatPayFault('OTHER_ORDER', { requestId: answer.requestId })
  }
  return read.fact
}

async function close(
  send: Transport,
  merchant: Merchant,
  order: Order,
): Promise<'closed' | 'paid' | 'busy'> {
  const answer = await send(merchant, closeRequest(merchant, order))
  const code = errorCode(answer)
  if (code === undefined || code === 'ORDERCLOSED') return 'closed'
  if (code === 'ORDERPAID') return 'paid'
  if (code === 'FREQUENCYLIMITED' || code === 'FREQUENCYLIMITEXCEED' || code === 'USERPAYING')
    return 'busy'
  throw faultOf(answer)
}

/** developers.weixin.qq.com, wx.requestPayment: four lines signed with the merchant's key. */
function sheetParameters(
  merchant: Merchant,
  prepayId: string,
  now: number,
): RequestPaymentParameters {
  const timeStamp = String(Math.floor(now / 1000))
  const nonceStr = Formatter.nonce()
  const prepay = `prepay_id=${prepayId}`
  const message = Formatter.joinedByLineFeed(merchant.appid, timeStamp, nonceStr, prepay)
  return {
    timeStamp,
    nonceStr,
    package: prepay,
    signType: 'RSA',
    paySign: Rsa.sign(message, merchant.privateKeyPem),
  }
}
