import type { Became } from './became'
import type { MadeItem } from './made-day'

/** It is settled and posted under the number that its biller has it under, and its money stays. */
export function isPosted(now: Became, { amount }: MadeItem): boolean {
  return (
    now.payment === 'paid' &&
    now.item === 'posted' &&
    now.credit === 'credited' &&
    now.hasReceipt &&
    now.held === `posted -${amount}, wallet ${amount}` &&
    now.refunds.length + now.returned.length === 0 &&
    now.credited === amount &&
    now.postingNumber === now.creditNumber
  )
}

/** It is settled, and all of it is to go back, by rule and once; its biller never hears of it. */
export function isGoingBack(now: Became, { amount }: MadeItem): boolean {
  const [refund = '', ...others] = now.refunds
  const [, state = '', given] = refund.split(' ')
  return (
    now.payment === 'paid' &&
    now.credit === 'duplicate' &&
    now.hasReceipt &&
    others.length === 0 &&
    ['approved', 'sent', 'done'].includes(state) &&
    given === String(amount) &&
    now.credited === 0
  )
}

/** It is settled, and went back whole, once, as WeChat says, too; its biller never heard of it. */
export function isGivenBack(now: Became, item: MadeItem): boolean {
  const [number] = (now.refunds[0] ?? '').split(' ')
  return (
    isGoingBack(now, item) &&
    now.refunds.join() === `${number} done ${item.amount}` &&
    now.returned.join() === `${number} SUCCESS ${item.amount}` &&
    now.held === 'nothing'
  )
}

/** Nobody has done anything: no money moved on any side. */
export function isUntouched(now: Became, _item: MadeItem, before: Became): boolean {
  return JSON.stringify({ ...now, isAsked: before.isAsked }) === JSON.stringify(before)
}

/** WeChat was asked about the order; nothing else was done. */
export function isAskedAbout(now: Became, item: MadeItem, before: Became): boolean {
  return now.isAsked && !before.isAsked && isUntouched(now, item, before)
}

/** WeChat was asked about our refund, which is done there as it is here. */
export function isBackAsWeChatSays(now: Became, item: MadeItem, before: Became): boolean {
  const { number, amount } = item.refund ?? { number: '', amount: 0 }
  return (
    isAskedAbout(now, item, before) &&
    now.refunds.join() === `${number} done ${amount}` &&
    now.returned.join() === `${number} SUCCESS ${amount}` &&
    now.held === 'nothing'
  )
}

/** Our books learnt of the refund that WeChat gave, somebody is called to settle its credit, and nothing else moved. */
export function isTakenIn(now: Became, item: MadeItem, before: Became): boolean {
  const { number, amount } = item.refund ?? { number: '', amount: 0 }
  const { refunds, held, persons } = before
  return (
    now.refunds.join() === `${number} done ${amount}` &&
    now.returned.join() === `${number} SUCCESS ${amount}` &&
    now.held === 'nothing' &&
    now.persons.join() === 'reverse given-back-by-hand' &&
    isUntouched({ ...now, refunds, held, persons }, item, before)
  )
}
