import { type Fen, fen, negateFen } from './money'

/** The accounts of the ledger, per biller; `cash` is per drawer and never passes through `wallet`. */
export type LedgerAccount =
  | 'wallet'
  | 'unposted'
  | 'posted'
  | 'refunding'
  | 'bank'
  | 'fee'
  | 'promotion'
  | 'cash'

/** One amount that leaves `credit` and arrives at `debit`. */
export type Movement = {
  kind: 'settle' | 'settle-coupon' | 'post'
  billerId: string
  debit: LedgerAccount
  credit: LedgerAccount
  amount: Fen
}
export type Entry = { billerId: string; account: LedgerAccount; amount: Fen }

/** How much of each item an order's coupon paid: the first items first, in their order. */
export function couponShares(amounts: readonly Fen[], coupon: Fen): Fen[] {
  let left: number = coupon
  const shares = amounts.map((amount) => {
    const share = fen(Math.min(left, amount))
    left -= share
    return share
  })
  if (left !== 0) throw new Error(`law 4: coupon ${coupon} of ${amounts.join(' + ')}`)
  return shares
}

/** Settling an item: +wallet −unposted; the part a coupon paid comes from `promotion`. */
export function settleMovements(item: { billerId: string; amount: Fen; coupon: Fen }): Movement[] {
  const { billerId, amount, coupon } = item
  if (coupon < 0 || coupon > amount) throw new Error(`law 4: coupon ${coupon} of ${amount}`)
  const cash = (amount - coupon) as Fen
  const movements: Movement[] = []
  if (cash > 0)
    movements.push({ kind: 'settle', billerId, debit: 'wallet', credit: 'unposted', amount: cash })
  if (coupon > 0) {
    movements.push({
      kind: 'settle-coupon',
      billerId,
      debit: 'promotion',
      credit: 'unposted',
      amount: coupon,
    })
  }
  return movements
}

/** Posting an item: +unposted −posted. */
export function postMovement(item: { billerId: string; amount: Fen }): Movement {
  return {
    kind: 'post',
    billerId: item.billerId,
    debit: 'unposted',
    credit: 'posted',
    amount: item.amount,
  }
}

/** The pair of entries of a movement; they sum to zero. */
export function entriesOf({ billerId, debit, credit, amount }: Movement): readonly [Entry, Entry] {
  return [
    { billerId, account: debit, amount },
    { billerId, account: credit, amount: negateFen(amount) },
  ]
}
