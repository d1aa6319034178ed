import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock'
import type { FaultControl } from './faults'
import type { Share, SimulatedOrder, SimulatedRefund } from './orders'
import { checkRelation } from './orders'
import type { SimulatedMerchant } from './settings'
import type { Shop } from './shop'
import { rfc3339 } from './transaction'
import { errors } from './wechat-error'

/** A balance is paid at once, which takes a few seconds. */
const TAKES_MS = 5_000
const YEAR_MS = 365 * 86_400_000
const MINUTE_MS = 60_000
const REFUNDS_MAX = 50

type Body = {
  sub_mchid?: string
  transaction_id: string
  out_refund_no: string
  notify_url?: string
  amount: { refund: number; total: number }
}
type Found = { order: SimulatedOrder; share: Share; refund: SimulatedRefund }

/** Gives money back of a share, once per refund number, and says when it arrived. */
export function createRefunds(parts: {
  clock: Clock
  faults: FaultControl
  shop: Shop
  announce: (refund: SimulatedRefund, plain: object, apiV3Key: string) => void
}) {
  const { clock, faults, shop } = parts

  const finish = (found: Found): void => {
    if (found.refund.isFinished) return
    found.refund.isFinished = true
    const plain = { ...who(found), ...facts(found), refund_status: found.refund.end }
    parts.announce(found.refund, plain, found.order.merchant.apiV3Key)
  }
  const find = (number: string): Found | undefined => {
    for (const order of shop.all()) {
      for (const share of order.shares) {
        const refund = share.refunds?.find((one) => one.number === number)
        if (refund !== undefined) return { order, share, refund }
      }
    }
    return undefined
  }
  const begin = (order: SimulatedOrder, share: Share, body: Body): Found => {
    const now = clock.now()
    const refund: SimulatedRefund = {
      number: body.out_refund_no,
      id: `5030${String(now).padStart(13, '0')}${randomBytes(5).readUIntBE(0, 5) % 1_000_000_000}`,
      contents: JSON.stringify(body),
      amount: body.amount.refund,
      notifyUrl: body.notify_url ?? order.notifyUrl,
      createdAt: now,
      finishesAt: now + TAKES_MS,
      isFinished: false,
      end: faults.happens('refundAbnormal')
        ? 'ABNORMAL'
        : faults.happens('refundClosed')
          ? 'CLOSED'
          : 'SUCCESS',
    }
    checkRefund(order, share, refund)
    share.refunds = [...(share.refunds ?? []), refund]
    order.state = 'REFUND'
    const found = { order, share, refund }
    clock.after(TAKES_MS, () => finish(found))
    return found
  }
  return {
    /** Accepts a refund, or finds the one of this number; another one under it is refused. */
    create: (merchant: SimulatedMerchant, body: Body): object => {
      const order = shop.byTransaction(body.transaction_id)
      const share = order?.shares.find((one) => one.transactionId === body.transaction_id)
      if (order === undefined || share === undefined) throw errors.refundAbsent()
      checkOwner(merchant, order, share, body.sub_mchid)
      const known = find(body.out_refund_no)
      if (known !== undefined && known.refund.contents !== JSON.stringify(body))
        throw errors.refundRefused('the refund number was used otherwise')
      if (body.amount.total !== share.amount) throw errors.refundRefused('total is another')
      if (known === undefined) checkHeldUp(faults)
      return answer(known ?? begin(order, share, body))
    },
    /** Somebody gives money back on the merchant platform, under a number that the platform makes. */
    byHand: (transactionId: string, amount: number): string => {
      const order = shop.byTransaction(transactionId)
      const share = order?.shares.find((one) => one.transactionId === transactionId)
      if (order === undefined || share === undefined) throw errors.refundAbsent()
      const number = `${clock.now()}${transactionId.slice(-6)}`
      begin(order, share, {
        transaction_id: transactionId,
        out_refund_no: number,
        amount: { refund: amount, total: share.amount },
      })
      return number
    },
    query: (merchant: SimulatedMerchant, number: string, subMchid: string | null): object => {
      const found = find(number)
      if (found === undefined) throw errors.refundAbsent()
      checkOwner(merchant, found.order, found.share, subMchid ?? undefined)
      // After a restart of the simulator nothing else would finish it.
      if (clock.now() >= found.refund.finishesAt) finish(found)
      return answer(found)
    },
  }
}

export type Refunds = ReturnType<typeof createRefunds>

function checkOwner(
  merchant: SimulatedMerchant,
  order: SimulatedOrder,
  share: Share,
  subMchid: string | undefined,
): void {
  if (order.merchant.mchid !== merchant.mchid) throw errors.refundAbsent()
  if (merchant.subMerchants === undefined) {
    if (subMchid !== undefined) throw errors.parameter('sub_mchid is of a service provider')
    return
  }
  checkRelation(merchant, subMchid ?? '')
  if (share.payee !== subMchid) throw errors.refundAbsent()
}

/** pay.weixin.qq.com, 申请退款: within a year, 50 at most, a minute apart, never more than was paid. */
function checkRefund(order: SimulatedOrder, share: Share, refund: SimulatedRefund): void {
  const before = share.refunds ?? []
  const given = before
    .filter((one) => one.end !== 'CLOSED')
    .reduce((sum, one) => sum + one.amount, 0)
  if (given + refund.amount > share.amount) throw errors.refundRefused('more than was paid')
  if (before.length >= REFUNDS_MAX) throw errors.refundRefused('too many refunds')
  if (refund.createdAt - (order.paidAt ?? 0) > YEAR_MS) throw errors.refundRefused('a year is over')
  const last = before.at(-1)
  if (last !== undefined && refund.createdAt - last.createdAt < MINUTE_MS) throw errors.frequency()
}

/** What somebody has to mend first; the same refund is accepted once they have. pay.weixin.qq.com, 申请退款 */
function checkHeldUp(faults: FaultControl): void {
  for (const held of ['balanceTooLow', 'payerAbnormal', 'refundForbidden'] as const)
    if (faults.happens(held)) throw errors[held]()
}

function answer(found: Found): object {
  const { refund } = found
  return {
    ...facts(found),
    channel: 'ORIGINAL',
    create_time: rfc3339(refund.createdAt),
    status: refund.isFinished ? refund.end : 'PROCESSING',
    funds_account: 'AVAILABLE',
  }
}

function who({ order, share }: Found): object {
  const { mchid } = order.merchant
  return order.merchant.subMerchants === undefined
    ? { mchid }
    : { sp_mchid: mchid, sub_mchid: share.payee }
}

function facts({ share, refund }: Found): object {
  const coupon = share.coupon ?? 0
  const payerRefund = Math.round((refund.amount * (share.amount - coupon)) / share.amount)
  return {
    out_trade_no: share.number,
    transaction_id: share.transactionId,
    out_refund_no: refund.number,
    refund_id: refund.id,
    user_received_account: '支付用户零钱',
    ...(refund.isFinished && refund.end === 'SUCCESS'
      ? { success_time: rfc3339(refund.finishesAt) }
      : {}),
    amount: {
      total: share.amount,
      refund: refund.amount,
      payer_total: share.amount - coupon,
      payer_refund: payerRefund,
      settlement_refund: refund.amount,
      settlement_total: share.amount,
      discount_refund: refund.amount - payerRefund,
      currency: 'CNY',
    },
  }
}
