import type { Bills } from './bills'
import type { Rules } from './field-rules'
import {
  COMBINED_CLOSE,
  COMBINED_ORDER,
  checkFields,
  DIRECT_CLOSE,
  DIRECT_ORDER,
  PARTNER_CLOSE,
  PARTNER_ORDER,
  REFUND,
} from './field-rules'
import { checkRelation, type SimulatedOrder } from './orders'
import type { Refunds } from './refunds'
import type { SimulatedMerchant } from './settings'
import type { Shop } from './shop'
import { transactionOf } from './transaction'
import { errors } from './wechat-error'

export type V3Request = {
  method: string
  path: string
  query: URLSearchParams
  body: unknown
  merchant: SimulatedMerchant
  /** The address that the request came to. */
  base: string
}
/** Where orders, refunds and the files of a day are kept. */
type Desk = { shop: Shop; refunds: Refunds; bills: Bills }
type Reply = { status: number; body?: object }
type Route = {
  method: string
  pattern: RegExp
  answer: (desk: Desk, request: V3Request, found: string) => Reply
}

/** The v3 interface as far as it is simulated: order, query and close in three forms, refunds, and files. */
const ROUTES: readonly Route[] = [
  placing('/v3/pay/transactions/jsapi', 'direct', DIRECT_ORDER),
  placing('/v3/pay/partner/transactions/jsapi', 'partner', PARTNER_ORDER),
  placing('/v3/combine-transactions/jsapi', 'combined', COMBINED_ORDER),
  closing(/^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)\/close$/, 'direct', DIRECT_CLOSE),
  closing(
    /^\/v3\/pay\/partner\/transactions\/out-trade-no\/([^/]+)\/close$/,
    'partner',
    PARTNER_CLOSE,
  ),
  closing(/^\/v3\/combine-transactions\/out-trade-no\/([^/]+)\/close$/, 'combined', COMBINED_CLOSE),
  querying(/^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)$/, 'direct'),
  querying(/^\/v3\/pay\/partner\/transactions\/out-trade-no\/([^/]+)$/, 'partner'),
  querying(/^\/v3\/combine-transactions\/out-trade-no\/([^/]+)$/, 'combined'),
  byTransaction(/^\/v3\/pay\/transactions\/id\/([^/]+)$/, 'direct'),
  byTransaction(/^\/v3\/pay\/partner\/transactions\/id\/([^/]+)$/, 'partner'),
  {
    method: 'POST',
    pattern: /^\/v3\/refund\/domestic\/refunds$/,
    answer: ({ refunds }, { body, merchant }) => {
      checkFields(body, REFUND)
      return { status: 200, body: refunds.create(merchant, body as never) }
    },
  },
  {
    method: 'GET',
    pattern: /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/,
    answer: ({ refunds }, { query, merchant }, number) => ({
      status: 200,
      body: refunds.query(merchant, number, query.get('sub_mchid')),
    }),
  },
  {
    method: 'GET',
    pattern: /^\/v3\/bill\/tradebill$/,
    answer: ({ bills }, { query, merchant, base }) => ({
      status: 200,
      body: bills.trade(merchant, query, base),
    }),
  },
  {
    method: 'GET',
    pattern: /^\/v3\/bill\/fundflowbill$/,
    answer: ({ bills }, { query, merchant, base }) => ({
      status: 200,
      body: bills.fundFlow(merchant, query, base),
    }),
  },
]

/** Answers a request whose signature held; undefined for a path that is not simulated. */
export function answerV3(desk: Desk, request: V3Request): Reply | undefined {
  for (const route of ROUTES) {
    const match = route.pattern.exec(request.path)
    if (match === null || route.method !== request.method) continue
    return route.answer(desk, request, decodeURIComponent(match[1] ?? ''))
  }
  return undefined
}

function placing(path: string, kind: SimulatedOrder['kind'], rules: Rules): Route {
  return {
    method: 'POST',
    pattern: new RegExp(`^${path}$`),
    answer: ({ shop }, { body, merchant }) => {
      checkFields(body, rules)
      return { status: 200, body: { prepay_id: shop.place(kind, merchant, body as never) } }
    },
  }
}

function closing(pattern: RegExp, kind: SimulatedOrder['kind'], rules: Rules): Route {
  return {
    method: 'POST',
    pattern,
    answer: ({ shop }, { body, merchant }, number) => {
      checkFields(body, rules)
      const order = ownOrder(shop.byNumber(number, [kind]), merchant)
      const subOrders = (body as { sub_orders?: { out_trade_no: string }[] }).sub_orders
      if (subOrders !== undefined && !sameShares(order, subOrders))
        throw errors.parameter('sub_orders are others')
      shop.close(merchant, order)
      return { status: 204 }
    },
  }
}

function querying(pattern: RegExp, kind: SimulatedOrder['kind']): Route {
  return {
    method: 'GET',
    pattern,
    answer: ({ shop }, request, number) => {
      const order = ownOrder(shop.byNumber(number, [kind]), request.merchant)
      checkQuery(kind, request, order)
      return { status: 200, body: transactionOf(order) }
    },
  }
}

function byTransaction(pattern: RegExp, kind: SimulatedOrder['kind']): Route {
  return {
    method: 'GET',
    pattern,
    answer: ({ shop }, request, transactionId) => {
      const order = shop.byTransaction(transactionId)
      if (order === undefined || order.kind !== kind) throw errors.absent()
      checkQuery(kind, request, ownOrder(order, request.merchant))
      return { status: 200, body: transactionOf(order) }
    },
  }
}

/** Another merchant's order is as if it did not exist. */
function ownOrder(order: SimulatedOrder, merchant: SimulatedMerchant): SimulatedOrder {
  if (order.merchant.mchid !== merchant.mchid) throw errors.absent()
  return order
}

function checkQuery(
  kind: SimulatedOrder['kind'],
  { query, merchant }: V3Request,
  order: SimulatedOrder,
): void {
  if (kind === 'combined') return
  if (query.get(kind === 'partner' ? 'sp_mchid' : 'mchid') !== merchant.mchid)
    throw errors.parameter('mchid is another')
  if (kind === 'direct') return
  const subMchid = query.get('sub_mchid') ?? ''
  checkRelation(merchant, subMchid)
  if (order.shares[0]?.payee !== subMchid) throw errors.absent()
}

function sameShares(
  order: SimulatedOrder,
  subOrders: readonly { out_trade_no: string }[],
): boolean {
  const numbers = subOrders.map((sub) => sub.out_trade_no)
  return (
    numbers.length === order.shares.length &&
    order.shares.every((share) => numbers.includes(share.number))
  )
}
