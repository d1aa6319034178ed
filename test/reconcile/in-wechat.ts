import type { SimulatedOrder, SimulatedRefund } from '../../src/simulators/wechat-pay/orders'
import type { SimulatedMerchant } from '../../src/simulators/wechat-pay/settings'
import type { MadeItem, MadePayment } from './made-day'

/** The day as WeChat's own books have it. */
export function ordersOf(
  day: readonly MadePayment[],
  merchants: readonly SimulatedMerchant[],
): SimulatedOrder[] {
  return day.filter((payment) => payment.inWallet).map((payment) => orderOf(payment, merchants))
}

function orderOf(payment: MadePayment, merchants: readonly SimulatedMerchant[]): SimulatedOrder {
  const [first] = payment.items
  const merchant = merchants.find((one) => one.mchid === first?.biller.mchid)
  if (first === undefined || merchant === undefined) throw new Error('a payment has a payee')
  const isCombined = payment.items.length > 1
  return {
    kind: isCombined ? 'combined' : first.biller.mode,
    merchant,
    number: isCombined ? `${payment.id}00` : first.orderNumber,
    contents: '',
    description: first.biller.id,
    openid: payment.openid,
    notifyUrl: 'http://127.0.0.1:9/notices',
    shares: payment.items.map((item) => ({
      number: item.orderNumber,
      payee: item.biller.payeeId,
      amount: item.amount,
      attach: 'wanjia',
      transactionId: item.transactionId,
      ...(item.refund === undefined ? {} : { refunds: [refundOf(item)] }),
      ...(item.misprint === undefined ? {} : { misprint: item.misprint }),
    })),
    createdAt: payment.createdAt,
    expiresAt: payment.createdAt + 900_000,
    prepayIds: [],
    state: payment.items.some((item) => item.refund !== undefined) ? 'REFUND' : 'SUCCESS',
    paying: false,
    paidAt: payment.paidAt,
  }
}

function refundOf({ refund, amount }: MadeItem): SimulatedRefund {
  if (refund === undefined) throw new Error('it was given back')
  return {
    number: refund.number,
    id: refund.wechatRefundId,
    contents: '',
    amount,
    notifyUrl: '',
    createdAt: refund.at,
    finishesAt: refund.at + 5_000,
    isFinished: true,
    end: 'SUCCESS',
    misprint: { absent: !refund.inWallet },
  }
}
