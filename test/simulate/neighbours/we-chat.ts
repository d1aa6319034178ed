import type { Order, OrderFact } from '../../../src/cloud/wechat/order'
import type { Refund, RefundFact } from '../../../src/cloud/wechat/refund'
import type { WeChatPay } from '../../../src/cloud/wechat/we-chat-pay'
import { WeChatPayFault } from '../../../src/cloud/wechat/we-chat-pay-fault'
import type { Fen } from '../../../src/core/money'
import type { DateText } from '../../../src/core/time'
import type { FileShelf } from './files/flaws'
import { type FLOW_FLAWS, fundFlow, movedOf, tradeFile } from './files/trade-file'
import { givenOf, isWithinMinute } from './given-back'

export type BookedRefund = {
  asked: Refund
  fact: RefundFact
  begunAt: number
  /** Somebody made it on the merchant platform. */
  byHand: boolean
}
export type BookedOrder = {
  order: Order
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED'
  /** Money that was under way may have come after that. */
  wasClosed: boolean
  /** The payer has the sheet open. */
  paying: boolean
  paidAt: number
  /** What a coupon pays of each share, in percent. */
  couponPercent: number
  refunds: BookedRefund[]
  deliveries: string[]
  /** The shares of which somebody was told that they are paid, when nothing of them was given back yet. */
  toldWhole: Set<string>
}

/**
 * WeChat Pay as a book of orders: the truth that laws are held against. It speaks by the port and knows
 * nothing of ours; what it would never allow is noted as a breach.
 */
export function createWeChatBook(world: {
  now: () => number
  couponPercent: (orderNumber: string) => number
  refundEnd: (refundNumber: string) => Pick<RefundFact, 'state' | 'arrivedIn'>
  /** The merchant has too little money there to give any back. */
  isHeldUp: (refundNumber: string) => boolean
  /** An order whose time is over may be called unpaid until somebody closes it. */
  staysOpen: (orderNumber: string) => boolean
  /** The payer’s tap comes just before our close. */
  paysAtClose: (orderNumber: string) => boolean
  /** A payment that the payer began in time is done after the order’s end. */
  paysAfterEnd: (orderNumber: string) => boolean
  /** What goes to a merchant’s bank on a day. */
  payoutOf: (day: DateText) => number
  /** What would be wrong with a day’s flow. */
  flowFlawOf: (payee: string, day: DateText) => (typeof FLOW_FLAWS)[number]
  shelf: FileShelf
}) {
  const orders = new Map<string, BookedOrder>()
  const askedInVain = new Set<string>()
  const heldUp = new Map<string, Refund>()
  const breaches: string[] = []

  function breach(what: string): never {
    breaches.push(what)
    throw new WeChatPayFault('PARAM_ERROR', { message: what })
  }

  function end(booked: BookedOrder): void {
    booked.state = 'CLOSED'
    booked.wasClosed = true
  }

  const isOver = ({ order }: BookedOrder): boolean => world.now() >= order.expiresAt

  function take(booked: BookedOrder): void {
    booked.state = 'SUCCESS'
    booked.paidAt = world.now()
  }

  function find(number: string): BookedOrder | undefined {
    const found = orders.get(number)
    if (found?.state === 'NOTPAY' && isOver(found) && !world.staysOpen(number)) end(found)
    return found
  }

  function factOf({ order, state, paidAt, couponPercent, refunds }: BookedOrder): OrderFact {
    const known = { orderNumber: order.orderNumber, appid: 'app' }
    if (state !== 'SUCCESS')
      return { ...known, state: state === 'CLOSED' ? 'closed' : 'not-paid', parts: [] }
    return {
      ...known,
      state: 'paid',
      openid: order.openid,
      parts: order.parts.map((share) => ({
        orderNumber: share.orderNumber,
        payeeId: share.payeeId,
        transactionId: `T${share.orderNumber}`,
        amount: share.amount,
        payerAmount: payerPart(share.amount, couponPercent),
        paidAt,
        isRefunded: refunds.some(({ asked }) => asked.orderNumber === share.orderNumber),
      })),
    }
  }

  /** Says it to whoever asked, or in a notice. */
  function tell(booked: BookedOrder): OrderFact {
    const fact = factOf(booked)
    for (const { orderNumber, isRefunded } of fact.parts)
      if (!isRefunded) booked.toldWhole.add(orderNumber)
    return fact
  }

  function refundOf(number: string): BookedRefund | undefined {
    return [...orders.values()]
      .flatMap(({ refunds }) => refunds)
      .find(({ asked }) => asked.refundNumber === number)
  }

  function begin(booked: BookedOrder, asked: Refund, byHand: boolean): RefundFact {
    const fact: RefundFact = {
      state: 'processing',
      refundNumber: asked.refundNumber,
      orderNumber: asked.orderNumber,
      createdAt: world.now(),
      wechatRefundId: `R${asked.refundNumber}`,
      amount: asked.amount,
      payerAmount: payerPart(asked.amount, booked.couponPercent),
    }
    booked.refunds.push({ asked, fact, begunAt: world.now(), byHand })
    return fact
  }

  const port: WeChatPay = {
    order: async (order) => {
      const known = find(order.orderNumber)
      if (known !== undefined && contentsOf(known.order) !== contentsOf(order))
        breach(`order ${order.orderNumber} came again with other contents`)
      if (known?.state === 'SUCCESS') throw new WeChatPayFault('ORDERPAID')
      if (known?.state === 'CLOSED') throw new WeChatPayFault('ORDER_CLOSED')
      if (known === undefined && order.expiresAt <= world.now())
        throw new WeChatPayFault('PARAM_ERROR', { message: 'time_expire is over' })
      if (known === undefined) {
        orders.set(order.orderNumber, {
          order,
          state: 'NOTPAY',
          wasClosed: false,
          paying: false,
          paidAt: 0,
          couponPercent: world.couponPercent(order.orderNumber),
          refunds: [],
          deliveries: [],
          toldWhole: new Set(),
        })
      }
      return { prepayId: `prepay-${order.orderNumber}` }
    },
    query: async (order) => {
      const known = find(order.orderNumber)
      if (known !== undefined) return tell(known)
      askedInVain.add(order.orderNumber)
      return { state: 'absent', orderNumber: order.orderNumber, appid: 'app', parts: [] }
    },
    close: async (order) => {
      const known = find(order.orderNumber)
      if (known?.state === 'NOTPAY' && known.paying && world.paysAtClose(order.orderNumber))
        take(known)
      if (known?.state === 'SUCCESS') return 'paid'
      if (known?.paying === true) return 'busy'
      if (known === undefined) askedInVain.add(order.orderNumber)
      else end(known)
      return 'closed'
    },
    requestPaymentParameters: (_, prepayId) => ({
      timeStamp: '',
      nonceStr: '',
      package: `prepay_id=${prepayId}`,
      signType: 'RSA',
      paySign: '',
    }),
    refund: async (order, asked) => {
      const known = refundOf(asked.refundNumber)
      if (known !== undefined) {
        if (contentsOf(known.asked) !== contentsOf(asked))
          breach(`refund ${asked.refundNumber} came again with other contents`)
        return known.fact
      }
      const booked = orders.get(order.orderNumber)
      const share = booked?.order.parts.find((one) => one.orderNumber === asked.orderNumber)
      if (booked?.state !== 'SUCCESS' || share === undefined)
        return breach(`refund ${asked.refundNumber} of what was not paid`)
      const given = givenOf(booked, asked.orderNumber)
      if (given + asked.amount > share.amount) {
        if (booked.refunds.some(({ byHand }) => byHand)) throw new WeChatPayFault('INVALIDREQUEST')
        return breach(`refund ${asked.refundNumber} of more than was paid`)
      }
      if (isWithinMinute(booked, asked.orderNumber, world.now()))
        throw new WeChatPayFault('FREQUENCYLIMITED')
      if (world.isHeldUp(asked.refundNumber)) {
        heldUp.set(asked.refundNumber, asked)
        throw new WeChatPayFault('NOTENOUGH')
      }
      return begin(booked, asked, false)
    },
    queryRefund: async (_, asked) => refundOf(asked.refundNumber)?.fact,
    reportDelivery: async (order, transactionId) => {
      orders.get(order.orderNumber)?.deliveries.push(transactionId)
    },
    readTrades: tradeFile({ orders, factOf }, world.shelf),
    readFundFlow: fundFlow({ orders, factOf }, world.shelf, world),
  }

  return {
    port,
    orders,
    /** Orders that somebody asked about, or closed, before they were known here. */
    askedInVain,
    movedOn: movedOf({ orders, factOf }, world),
    breaches,
    factOf,
    tell,
    openSheet: (orderNumber: string): boolean => {
      const known = find(orderNumber)
      if (known?.state !== 'NOTPAY' || isOver(known)) return false
      known.paying = true
      return true
    },
    /** The payer’s tap, or the way back; says whether there is money now. */
    leaveSheet: (orderNumber: string, pays: boolean): boolean => {
      const known = find(orderNumber)
      if (known === undefined) return false
      known.paying = false
      if (known.state === 'SUCCESS') return true
      const isInTime = known.state === 'NOTPAY' && !isOver(known)
      if (!pays || !(isInTime || world.paysAfterEnd(orderNumber))) return false
      take(known)
      return true
    },
    /** Money that was under way when the order ended, unless somebody closed it under the payer’s hand. */
    payLate: (orderNumber: string): boolean => {
      const known = find(orderNumber)
      if (known === undefined) return false
      known.paying = false
      if (known.state !== 'SUCCESS') take(known)
      return true
    },
    /** The shares that we heard of, by a notice or an answer, while all their money was there. */
    toldWhole: () => new Set([...orders.values()].flatMap(({ toldWhole }) => [...toldWhole])),
    /** The shares of orders that were paid. */
    paidShares: (): string[] =>
      [...orders.values()]
        .filter(({ state }) => state === 'SUCCESS')
        .flatMap(({ order }) => order.parts.map(({ orderNumber }) => orderNumber))
        .sort(),
    /** Gives so much of what is left of a share back, by nobody’s word here; its number, if any was left. */
    refundByHand: (orderNumber: string, part: number): string | undefined => {
      const booked = [...orders.values()].find(({ order }) =>
        order.parts.some((share) => share.orderNumber === orderNumber),
      )
      const share = booked?.order.parts.find((one) => one.orderNumber === orderNumber)
      if (booked === undefined || share === undefined) return undefined
      const left = share.amount - givenOf(booked, orderNumber)
      const amount = Math.ceil(left * part) as Fen
      if (amount === 0) return undefined
      const refundNumber = `HAND${booked.refunds.length}${orderNumber}`
      const transactionId = `T${orderNumber}`
      begin(booked, { refundNumber, orderNumber, transactionId, amount, reason: '' }, true)
      return refundNumber
    },
    /** A refund on its way comes to its end; gives what a notice would say. */
    endRefund: (refundNumber: string): RefundFact | undefined => {
      const booked = refundOf(refundNumber)
      if (booked === undefined || booked.fact.state !== 'processing') return undefined
      const end = world.refundEnd(refundNumber)
      booked.fact = { ...booked.fact, ...end, ...(end.state === 'done' && { at: world.now() }) }
      return booked.fact
    },
    /** What was asked for while the merchant had too little money, and is not begun. */
    refundsHeldUp: (): Refund[] =>
      [...heldUp.values()].filter(({ refundNumber }) => refundOf(refundNumber) === undefined),
    refundsUnderWay: (): BookedRefund[] =>
      [...orders.values()]
        .flatMap(({ refunds }) => refunds)
        .filter(({ fact }) => fact.state === 'processing'),
  }
}

/** What is left of an amount when the coupon paid its part. */
function payerPart(amount: number, couponPercent: number): Fen {
  return (amount - Math.floor((amount * couponPercent) / 100)) as Fen
}

export type WeChatBook = ReturnType<typeof createWeChatBook>

function contentsOf(value: object): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )
}
