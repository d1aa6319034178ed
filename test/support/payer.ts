import type { RequestPaymentParameters } from '../../src/contract/start-payment'
import { newPaymentId } from '../../src/core/payment-id'
import { replyOf, type Town } from './town'

export const WANG = 'o-demo-wang-fang'
export const SISTER = 'o-demo-sister'
export const NEWCOMER = 'o-demo-newcomer'
export const CLERK = 'o-demo-clerk-jinghua'
export const OTHER_CLERK = 'o-demo-clerk-shenjiang'

let serial = 0
/** A payment id as a phone makes it; another one each time. */
export function aPaymentId(): string {
  serial += 1
  return newPaymentId(
    Uint8Array.from({ length: 16 }, (_, index) =>
      index > 13 ? (serial >> ((15 - index) * 8)) & 255 : 7,
    ),
  )
}

/** The resident's due bills of these billers (of all when none is named), ready to be paid. */
export async function dueItems(town: Town, openid: string, ...billerIds: string[]) {
  const { accounts } = replyOf(await town.call(openid, 'list-accounts', {}))
  return accounts
    .filter((account) => billerIds.length === 0 || billerIds.includes(account.billerId))
    .flatMap(({ accountId, bills }) =>
      bills
        .filter((bill) => bill.standing.kind === 'due')
        .map(({ billId, total }) => ({ accountId, billId, amountSeen: total })),
    )
}

export function prepayIdOf(pay: RequestPaymentParameters | undefined): string {
  return (pay?.package ?? '').replace('prepay_id=', '')
}

/** Starts a payment of the due bills of these billers. */
export async function start(town: Town, openid: string, ...billerIds: string[]) {
  const items = await dueItems(town, openid, ...billerIds)
  const paymentId = aPaymentId()
  const started = replyOf(await town.call(openid, 'start-payment', { paymentId, items }))
  return { paymentId, items, started, prepayId: prepayIdOf(started.pay) }
}

/** Starts, taps "pay" on WeChat's sheet, lets the notice come, and looks, as the phone does. */
export async function pay(town: Town, openid: string, ...billerIds: string[]) {
  const payment = await start(town, openid, ...billerIds)
  town.weChatPay.tap(payment.prepayId, 'paid')
  await town.pass(100)
  await paymentOf(town, openid, payment.paymentId)
  return payment
}

export async function paymentOf(town: Town, openid: string, paymentId: string, returned = false) {
  return replyOf(await town.call(openid, 'get-payment', { paymentId, returned }))
}
