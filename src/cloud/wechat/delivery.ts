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
const managedSchema = z.object({ is_trade_managed: z.boolean() })

/** The order's delivery is on record already. */
const REPORTED_BEFORE = 10_060_003
/** An access token that another holder's replaced, or that ran out before its time. */
const TOKEN_IS_OLD = [40_001, 42_001]

/** developers.weixin.qq.com, 发货信息管理: only where the platform manages this app's trade. */
export function createDelivery(settings: DeliverySettings): Delivery {
  const ask = createAsk(settings)
  // Management may begin any day, and then stays: only a yes is kept.
  let managed = false

  const isManaged = async (): Promise<boolean> => {
    if (managed) return true
    const path = '/wxa/sec/order/is_trade_managed'
    const answer = await ask(path, { appid: settings.appid })
    managed = parsed(managedSchema, answer.body).is_trade_managed
    return managed
  }
  return async (order, transactionId) => {
    if (!(await isManaged())) return
    const path = '/wxa/sec/order/upload_shipping_info'
    await ask(path, report(order, transactionId, settings.now()), [REPORTED_BEFORE])
  }
}

type Ask = (
  path: string,
  body: object,
  /** Error codes that are as good as none. */
  fine?: readonly number[],
) => Promise<{ body: unknown }>

/**
 * Asks the mini-program's server with a token that is kept while it lasts. Whatever is not errcode 0
 * is a fault; for an old token a new one is fetched and the question asked once more.
 */
function createAsk({ baseUrl, appid, secret, now }: DeliverySettings): Ask {
  const http = axios.create({ baseURL: baseUrl, timeout: 5_000 })
  let token: { text: string; until: number } | undefined

  const post = async (path: string, body: object): Promise<unknown> => {
    const response = await http.post<unknown>(path, body).catch((cause: unknown) => {
      throw new WeChatPayFault('DELIVERY_NO_ANSWER', { cause })
    })
    return response.data
  }
  const accessToken = async (): Promise<string> => {
    if (token !== undefined && token.until > now()) return token.text
    const grant = { grant_type: 'client_credential', appid, secret }
    const answer = await post('/cgi-bin/stable_token', grant)
    const refused = resultSchema.safeParse(answer)
    if (refused.success) throw deskFault(refused.data)
    const { access_token: text, expires_in: seconds } = parsed(tokenSchema, answer)
    token = { text, until: now() + (seconds - 300) * 1000 }
    return text
  }
  const once = async (path: string, body: object) => {
    const answer = await post(`${path}?access_token=${await accessToken()}`, body)
    return { body: answer, ...parsed(resultSchema, answer) }
  }
  return async (path, body, fine = []) => {
    let answer = await once(path, body)
    if (TOKEN_IS_OLD.includes(answer.errcode)) {
      token = undefined
      answer = await once(path, body)
    }
    if (answer.errcode === 0 || fine.includes(answer.errcode)) return answer
    throw deskFault(answer)
  }
}

function deskFault({ errcode, errmsg }: z.infer<typeof resultSchema>): WeChatPayFault {
  return new WeChatPayFault(`DELIVERY_${errcode}`, errmsg === undefined ? {} : { message: errmsg })
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
