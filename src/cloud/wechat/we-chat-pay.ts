import { z } from 'zod'
import type { RequestPaymentParameters } from '../../contract/start-payment'
import { type BillFiles, createBillFiles } from './bill-download'
import type { Delivery } from './delivery'
import { errorCode, faultOf } from './error-codes'
import { checkedMerchant, type Merchant } from './merchant'
import type { Order, OrderFact } from './order'
import { readFact } from './order-facts'
import { closeRequest, placeRequest, queryRequest } from './order-requests'
import { type Refund, type RefundFact, readRefundFact, refundQuery, refundRequest } from './refund'
import { newStamp, paySign } from './sign-request'
import {
  createTransport,
  type Transport,
  type TransportSettings,
  type VerifiedAnswer,
} from './transport'
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
  /** Gives money back, or finds the refund that was asked for under this number before. */
  refund(order: Order, refund: Refund): Promise<RefundFact>
  /** WeChat's word on a refund; one that it does not know is asked for by `refund` again. */
  queryRefund(order: Order, refund: Refund): Promise<RefundFact | undefined>
  /** Reports delivery where WeChat manages the mini-program's trade. */
  reportDelivery(order: Order, transactionId: string): Promise<void>
  /** A payee's trade file of a day, its lines handed on while it comes; nothing of it counts before it ended well. */
  readTrades: BillFiles['trade']
  /** What a day moved in the payee's wallet. */
  readFundFlow: BillFiles['fundFlow']
}

export type WeChatPaySettings = TransportSettings & {
  merchants: readonly Merchant[]
  notifyUrl: string
  delivery: Delivery
}

export function createWeChatPay(settings: WeChatPaySettings): WeChatPay {
  const merchants = new Map(settings.merchants.map((one) => [one.mchid, checkedMerchant(one)]))
  const send = createTransport(settings)
  const merchantOf = (mchid: string): Merchant => {
    const merchant = merchants.get(mchid)
    if (merchant === undefined) throw new Error(`no keys are held for merchant ${mchid}`)
    return merchant
  }
  const merchantFor = ({ mchid }: Order): Merchant => merchantOf(mchid)
  const files = createBillFiles({ send, now: settings.now, merchantOf })
  return {
    order: (order) => place(send, merchantFor(order), order, settings.notifyUrl),
    query: (order) => query(send, merchantFor(order), order),
    close: (order) => close(send, merchantFor(order), order),
    requestPaymentParameters: (order, prepayId) =>
      sheetParameters(merchantFor(order), prepayId, settings.now()),
    refund: async (order, refund) => {
      const request = refundRequest(order, refund, settings.notifyUrl)
      return refundFact(await send(merchantFor(order), request), refund)
    },
    queryRefund: async (order, refund) => {
      const answer = await send(merchantFor(order), refundQuery(order, refund))
      return errorCode(answer) === 'RESOURCENOTEXISTS' ? undefined : refundFact(answer, refund)
    },
    reportDelivery: (order, transactionId) => settings.delivery(order, transactionId),
    readTrades: files.trade,
    readFundFlow: files.fundFlow,
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
  const isOurs =
    read.fact.orderNumber === order.orderNumber &&
    read.merchantId === merchant.mchid &&
    read.fact.appid === merchant.appid
  if (!isOurs) throw new WeChatPayFault('OTHER_ORDER', { requestId: answer.requestId })
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

function refundFact(answer: VerifiedAnswer, refund: Refund): RefundFact {
  if (errorCode(answer) !== undefined) throw faultOf(answer)
  const fact = readRefundFact(answer.body)
  if (fact === undefined) throw new WeChatPayFault('UNREADABLE', { requestId: answer.requestId })
  if (fact.refundNumber !== refund.refundNumber)
    throw new WeChatPayFault('OTHER_REFUND', { requestId: answer.requestId })
  return fact
}

/** developers.weixin.qq.com, wx.requestPayment: what opens the sheet, signed with the merchant's key. */
function sheetParameters(
  merchant: Merchant,
  prepayId: string,
  now: number,
): RequestPaymentParameters {
  const stamp = newStamp(now)
  const prepay = `prepay_id=${prepayId}`
  return {
    timeStamp: String(stamp.timestamp),
    nonceStr: stamp.nonce,
    package: prepay,
    signType: 'RSA',
    paySign: paySign(merchant, prepay, stamp),
  }
}
