import axios from 'axios'
import { z } from 'zod'
import { toRfc3339 } from '../../core/time'
import type { Order } from './order'
import { WeChatPayFault } from './we-chat-pay-fault'

/** Reports that what one transaction of an order paid for is delivered. */
export type Delivery = (order: Order, transactionId: string) => Promise<void>

export type DeliverySettings = { baseUrl: string; appid: string; secret: string; now: () => number }

/** What WeChat's report calls goods that need no parcel. */
const VIRTUAL = 3
const WHOLE = 1
const BY_TRANSACTION = 2

const tokenSchema = z.object({ access_token: z.string(), expires_in: z.number() })
const resultSchema = z.object({ errcode: z.number(), errmsg: z.string().optional() })
const managedSchema = resultSchema.extend({ is_trade_managed: z.boolean().optional() })

/** The order's delivery is on record already. */
const REPORTED_BEFORE = 10_060_003

/** developers.weixin.qq.com, 发货信息管理: only where the platform manages this app's trade. */
export function createDelivery(settings: DeliverySettings): Delivery {
  const http = axios.create({ baseURL: settings.baseUrl, timeout: 5_000 })
  let token: { text: string; until: number } | undefined
  let managed: boolean | undefined

  const post = async (path: string, body: object): Promise<unknown> => {
    const response = await http.post<unknown>(path, body).catch((cause: unknown) => {
      throw new WeChatPayFault('DELIVERY_NO_ANSWER', { cause })
    })
    return response.data
  }
  const accessToken = async (): Promise<string> => {
    if (token !== undefined && token.until > settings.now()) return token.text
    const { appid, secret } = settings
    const body = await post('/cgi-bin/stable_token', {
      grant_type: 'client_credential',
      appid,
      secret,
    })
    const { access_token: text, expires_in: seconds } = parsed(tokenSchema, body)
    token = { text, until: settings.now() + (seconds - 300) * 1000 }
    return text
  }
  const isManaged = async (): Promise<boolean> => {
    managed ??= parsed(
      managedSchema,
      await post(`/wxa/sec/order/is_trade_managed?access_token=${await accessToken()}`, {
        appid: settings.appid,
      }),
    ).is_trade_managed
    return managed === true
  }
  return async (order, transactionId) => {
    if (!(await isManaged())) return
    const path = `/wxa/sec/order/upload_shipping_info?access_token=${await accessToken()}`
    const { errcode, errmsg } = parsed(
      resultSchema,
      await post(path, report(order, transactionId, settings.now())),
    )
    if (errcode === 0 || errcode === REPORTED_BEFORE) return
    throw new WeChatPayFault(`DELIVERY_${errcode}`, errmsg === undefined ? {} : { message: errmsg })
  }
}

function report(order: Order, transactionId: string, now: number): object {
  return {
    order_key: { order_number_type: BY_TRANSACTION, transaction_id: transactionId },
    logistics_type: VIRTUAL,
    delivery_mode: WHOLE,
    shipping_list: [{ item_desc: order.description }],
    upload_time: toRfc3339(now),
    payer: { openid: order.openid },
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body)
  if (!result.success) throw new WeChatPayFault('DELIVERY_UNREADABLE')
  return result.data
}
