import type { Snapshot } from '../snapshot'
import { type Books, bookedPosting, keyOf, sum } from './books'

/** Law 3: each ledger account is what its payments, items and refunds say. */
export function ledgerAgrees(now: Snapshot): string[] {
  const balance = (account: string) =>
    sum(now.movements.filter(({ debit }) => debit === account).map((one) => one.amount_fen)) -
    sum(now.movements.filter(({ credit }) => credit === account).map((one) => one.amount_fen))
  const amounts = (rows: readonly { amount_fen: number }[]) =>
    sum(rows.map((one) => one.amount_fen))
  const paid = amounts(now.payments.filter(({ state }) => state === 'paid'))
  const done = amounts(now.refunds.filter(({ state }) => state === 'done'))
  const underWay = amounts(
    now.refunds.filter(({ state }) => state === 'sent' || state === 'abnormal'),
  )
  const reversed = sum(now.items.map(({ reversed_fen }) => reversed_fen))
  const takenFromPosted = amounts(
    now.refunds.filter(
      ({ takes_from, state }) =>
        takes_from === 'posted' && ['sent', 'abnormal', 'done'].includes(state),
    ),
  )
  const posted =
    amounts(now.items.filter(({ state }) => state === 'posted')) - reversed - takenFromPosted
  const expected: Record<string, number> = {
    'wallet and promotion': paid - done,
    posted: -posted,
    refunding: -underWay,
    unposted: -(paid - done - underWay - posted),
  }
  const found: Record<string, number> = {
    'wallet and promotion': balance('wallet') + balance('promotion'),
    posted: balance('posted'),
    refunding: balance('refunding'),
    unposted: balance('unposted'),
  }
  return Object.keys(expected)
    .filter((account) => expected[account] !== found[account])
    .map((account) => `law 3: ${account} is ${found[account]}, not ${expected[account]}`)
}

/** Law 4: WeChat, the payment, its orders, its items and the billers speak of one amount. */
export function amountsAgree(now: Snapshot, { weChat, billers }: Books): string[] {
  const payments = now.payments.filter((payment) => {
    const own = (row: { payment_id: string }) => row.payment_id === payment.payment_id
    const items = sum(now.items.filter(own).map((item) => item.amount_fen))
    const orders = sum(now.orders.filter(own).map((order) => order.amount_fen))
    const booked = weChat.orders.get(payment.order_number)?.order
    const isOther =
      booked !== undefined &&
      (booked.amount !== payment.amount_fen ||
        booked.openid !== payment.openid ||
        sum(booked.parts.map(({ amount }) => amount)) !== payment.amount_fen)
    return items !== payment.amount_fen || orders !== payment.amount_fen || isOther
  })
  const told = now.items.filter((item) => {
    const posting = bookedPosting(billers, item)?.posting
    return posting !== undefined && posting.amount !== item.amount_fen
  })
  return [
    ...payments.map(({ payment_id }) => `law 4: ${payment_id} has more than one amount`),
    ...told.map((item) => `law 4: the biller was told another amount of ${keyOf(item)}`),
  ]
}
