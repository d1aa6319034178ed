import type { ItemRow, RefundRow, Snapshot } from '../snapshot'
import { type Books, keyOf, onceOf, paidIds, sum } from './books'

type Balances = Map<string, number>

/**
 * Law 3: each ledger account is what its payments, items and refunds say, payment by payment and biller by
 * biller; what of it is in the wallet is what payers paid at WeChat, and what coupons paid is not.
 */
export function ledgerAgrees(now: Snapshot, { weChat }: Books): string[] {
  const { byBiller, wallets } = balancesOf(now.movements)
  const expected = expectedOf(now)
  const names = new Set([...byBiller.keys(), ...expected.keys()])
  const wrong = [...names].filter((name) => (byBiller.get(name) ?? 0) !== (expected.get(name) ?? 0))
  const otherWallets = now.payments.filter(({ payment_id, state, order_number }) => {
    const booked = weChat.orders.get(order_number)
    if (state !== 'paid' || booked?.state !== 'SUCCESS') return wallets.has(payment_id)
    const paid = sum(weChat.factOf(booked).parts.map(({ payerAmount }) => payerAmount))
    const known = new Set(
      now.refunds
        .filter((one) => one.payment_id === payment_id && one.state === 'done')
        .map((one) => one.refund_number),
    )
    const given = sum(
      booked.refunds
        .filter(({ fact }) => known.has(fact.refundNumber))
        .map(({ fact }) => fact.payerAmount),
    )
    return (wallets.get(payment_id) ?? 0) !== paid - given
  })
  return [
    ...wrong.map(
      (name) => `law 3: ${name} is ${byBiller.get(name) ?? 0}, not ${expected.get(name) ?? 0}`,
    ),
    ...otherWallets.map(
      ({ payment_id }) =>
        `law 3: the wallet of ${payment_id} is ${wallets.get(payment_id) ?? 0}, not what was paid`,
    ),
    ...now.movements
      .filter(({ debit, credit }) => [debit, credit].some((one) => accountOf(one) === undefined))
      .map((one) => `law 3: ${one.kind} of ${keyOf(one)} moves what no payment moves`),
  ]
}

const ACCOUNTS: Readonly<Partial<Record<string, string>>> = {
  wallet: 'wallet and promotion',
  promotion: 'wallet and promotion',
  posted: 'posted',
  refunding: 'refunding',
  unposted: 'unposted',
}
const accountOf = (account: string) => ACCOUNTS[account]

const balancesOf = onceOf((movements: Snapshot['movements']) => {
  const byBiller: Balances = new Map()
  const wallets: Balances = new Map()
  const add = (to: Balances, name: string, amount: number) =>
    void to.set(name, (to.get(name) ?? 0) + amount)
  for (const { payment_id, biller_id, debit, credit, amount_fen } of movements)
    for (const [account, amount] of [
      [debit, amount_fen],
      [credit, -amount_fen],
    ] as const) {
      add(byBiller, `${accountOf(account)} of ${payment_id} at ${biller_id}`, amount)
      if (account === 'wallet') add(wallets, payment_id, amount)
    }
  return { byBiller, wallets }
})

/** What the items and their refunds say of each account. */
function expectedOf(now: Snapshot): Balances {
  const expected: Balances = new Map()
  const paid = paidIds(now.payments)
  const refunds = new Map<string, RefundRow[]>()
  for (const one of now.refunds) refunds.set(keyOf(one), [...(refunds.get(keyOf(one)) ?? []), one])
  for (const item of now.items) {
    if (!paid.has(item.payment_id)) continue
    for (const [account, amount] of Object.entries(saidBy(item, refunds.get(keyOf(item)) ?? []))) {
      const name = `${account} of ${item.payment_id} at ${item.biller_id}`
      expected.set(name, (expected.get(name) ?? 0) + amount)
    }
  }
  return expected
}

function saidBy(item: ItemRow, refunds: readonly RefundRow[]) {
  const amounts = (states: readonly string[], from?: string) =>
    sum(
      refunds
        .filter(
          ({ state, takes_from }) => states.includes(state) && takes_from === (from ?? takes_from),
        )
        .map((one) => one.amount_fen),
    )
  const done = amounts(['done'])
  const underWay = amounts(['sent', 'abnormal'])
  const takenFromPosted = amounts(['sent', 'abnormal', 'done'], 'posted')
  const credited = item.state === 'posted' ? item.amount_fen : 0
  const posted = credited - item.reversed_fen - takenFromPosted
  return {
    'wallet and promotion': item.amount_fen - done,
    posted: -posted,
    refunding: -underWay,
    unposted: -(item.amount_fen - done - underWay - posted),
  }
}

/** Laws 3 and 13: what is booked between the wallet, the fees and the bank is what WeChat took, or sent there. */
export function walletAgrees(now: Snapshot, { weChat, flaws }: Books): string[] {
  return now.walletMovements
    .filter(({ payee_id, day, kind, debit, credit, amount_fen }) => {
      const other = kind === 'fee' ? 'fee' : 'bank'
      if ([debit, credit].sort().join() !== [other, 'wallet'].sort().join()) return true
      const moved = weChat.movedOn(payee_id, day)[kind]
      const isFlawed = flaws.some(
        (flaw) =>
          flaw.source === 'fund-flow' &&
          flaw.ownerId === payee_id &&
          flaw.day === day &&
          kind === flaw.about,
      )
      const booked = credit === 'wallet' ? amount_fen : -amount_fen
      return booked !== moved && !isFlawed
    })
    .map(({ payee_id, day, kind }) => `law 3: the ${kind} of ${payee_id} on ${day} is another`)
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
    const posting = billers.get(item.biller_id)?.postings.get(keyOf(item))?.posting
    return posting !== undefined && posting.amount !== item.amount_fen
  })
  const asked = now.items.filter(
    (item) =>
      billers.get(item.biller_id)?.principals.get(`${item.bill_id}/${item.revision}`) !==
      item.principal_fen,
  )
  return [
    ...payments.map(({ payment_id }) => `law 4: ${payment_id} has more than one amount`),
    ...told.map((item) => `law 4: the biller was told another amount of ${keyOf(item)}`),
    ...asked.map((item) => `law 4: ${keyOf(item)} asks for what its biller never asked for`),
  ]
}
