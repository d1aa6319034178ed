import type { SimulatedPosting } from '../../src/simulators/biller/books'
import type { SimulatedOrder } from '../../src/simulators/wechat-pay/orders'
import type { Books, ItemInBooks } from './books'
import type { Acknowledged } from './journal'

/** What everybody outside knows: the journal of what was told, WeChat's orders, what billers credited. */
export type Outside = {
  told: readonly Acknowledged[]
  orders: readonly SimulatedOrder[]
  credited: readonly SimulatedPosting[]
}

/** Each complaint as a sentence; nothing is wrong where all three are empty. */
export type Verdict = { lost: string[]; doubled: string[]; miscounted: string[] }

export const isPaidFor = ({ state }: SimulatedOrder) => state === 'SUCCESS' || state === 'REFUND'
const keyOf = (paymentId: string, itemNo: number) => `${paymentId}-${itemNo}`

/** Compares what the database says with what everybody outside knows. */
export function judge(books: Books, outside: Outside): Verdict {
  return {
    lost: [...notKept(books, outside.told), ...notRecorded(books, outside)],
    doubled: [
      ...paidTwice(books),
      ...servedAndRefunded(books, outside),
      ...givenAway(books, outside),
    ],
    miscounted: miscounted(books, outside),
  }
}

/** What was acknowledged and does not stand any more. */
function notKept(books: Books, told: readonly Acknowledged[]): string[] {
  const byPhone = new Map(books.payments.map((one) => [`${one.openid} ${one.phonePaymentId}`, one]))
  const byOrder = new Map(books.payments.map((one) => [one.orderNumber, one]))
  const refunds = new Map(books.refunds.map((one) => [one.refundNumber, one]))
  const items = new Map(books.items.map((one) => [keyOf(one.paymentId, one.itemNo), one]))
  const stands = (one: Acknowledged): boolean => {
    if (one.told === 'notice') {
      const refund = refunds.get(one.number)
      if (refund !== undefined) return ['done', 'closed', 'abnormal'].includes(refund.state)
      return byOrder.get(one.number)?.state === 'paid'
    }
    const payment = byPhone.get(`${one.openid} ${one.phonePaymentId}`)
    if (payment === undefined) return false
    if (one.told === 'started') return payment.amountFen === one.amountFen
    if (one.told === 'paid') return payment.state === 'paid'
    return items.get(keyOf(payment.paymentId, one.itemNo))?.posting === one.posting
  }
  return told.filter((one) => !stands(one)).map((one) => `acknowledged: ${JSON.stringify(one)}`)
}

/** Money that WeChat took and we do not know of; what a biller credited and we do not. */
function notRecorded(books: Books, { orders, credited }: Outside): string[] {
  const paid = new Set(
    books.payments.filter((one) => one.state === 'paid').map((one) => one.orderNumber),
  )
  const posted = new Set(
    books.items
      .filter((one) => one.state === 'posted')
      .map((one) => keyOf(one.paymentId, one.itemNo)),
  )
  return [
    ...orders
      .filter((order) => isPaidFor(order) && !paid.has(order.number))
      .map((order) => `WeChat was paid for ${order.number}`),
    ...credited
      .filter((one) => !posted.has(one.postingId))
      .map((one) => `the biller credited ${one.postingId}`),
  ]
}

/** Two payments under one id of a phone, or two that each credited one bill. */
function paidTwice({ payments, items }: Books): string[] {
  return [
    ...repeated(payments.map((one) => `${one.openid} ${one.phonePaymentId}`)),
    ...repeated(payments.map((one) => one.orderNumber)),
    ...repeated(items.filter((one) => isCredited(one) && !isGivenBack(one)).map((one) => one.bill)),
  ]
}

/** `already` where the host died between the credit and its note. */
function isCredited({ credit }: ItemInBooks): boolean {
  return credit === 'credited' || credit === 'already'
}

/** What the biller refused comes back as a new revision and may be paid again. */
function isGivenBack({ state }: ItemInBooks): boolean {
  return state === 'rejected'
}

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>()
  return values.filter((value) => seen.size === seen.add(value).size)
}

/** The resident has the service and the money both, or the money twice. */
function servedAndRefunded(books: Books, { orders, credited }: Outside): string[] {
  const served = new Set(credited.map((one) => one.postingId))
  const given = refundsAt(orders).map(({ number }) => {
    const refund = books.refunds.find((one) => one.refundNumber === number)
    return refund === undefined
      ? `a refund that is not ours ${number}`
      : keyOf(refund.paymentId, refund.itemNo)
  })
  return [...given.filter((key) => served.has(key)), ...repeated(given)]
}

/** Paid here, and WeChat has no money for it. */
function givenAway({ payments }: Books, { orders }: Outside): string[] {
  const taken = new Set(orders.filter(isPaidFor).map((order) => order.number))
  return payments
    .filter((one) => one.state === 'paid' && !taken.has(one.orderNumber))
    .map((one) => `nobody paid ${one.orderNumber}`)
}

function refundsAt(orders: readonly SimulatedOrder[]) {
  return orders
    .flatMap((order) => order.shares)
    .flatMap((share) => share.refunds ?? [])
    .filter((refund) => refund.end === 'SUCCESS')
}

function miscounted(books: Books, { orders }: Outside): string[] {
  const taken = sum(
    orders.filter(isPaidFor).flatMap((order) => order.shares.map((one) => one.amount)),
  )
  const given = sum(refundsAt(orders).map((one) => one.amount))
  const { items } = books
  const complaints: [boolean, string][] = [
    [books.ledgerFen !== 0, `the ledger is at ${books.ledgerFen}`],
    [
      books.walletFen !== taken - given,
      `the wallet is at ${books.walletFen}, WeChat has ${taken - given}`,
    ],
    ...items.map((one): [boolean, string] => [
      !one.hasReceipt,
      `no receipt for ${keyOf(one.paymentId, one.itemNo)}`,
    ]),
    ...items.map((one): [boolean, string] => [
      !isCredited(one),
      `${keyOf(one.paymentId, one.itemNo)} was ${one.credit ?? 'not credited'}`,
    ]),
    ...items.map((one): [boolean, string] => [
      one.state !== 'posted' && one.state !== 'rejected',
      `${keyOf(one.paymentId, one.itemNo)} is ${one.state}`,
    ]),
    ...books.refunds.map((one): [boolean, string] => [
      one.state !== 'done',
      `refund ${one.refundNumber} is ${one.state}`,
    ]),
    [books.tasksOpen > 0, `${books.tasksOpen} tasks are open`],
    ...books.ofPersons.map((reason): [boolean, string] => [true, `a person was given ${reason}`]),
  ]
  return complaints.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence)
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
