import type { BillerBook } from '../neighbours/biller'
import type { FileFlaw } from '../neighbours/files/flaws'
import type { WeChatBook } from '../neighbours/we-chat'
import type { ItemRow, Snapshot } from '../snapshot'
import type { Known } from './match'

/** The neighbours' own books: the other side that the tables are held against. */
export type Books = {
  weChat: WeChatBook
  billers: ReadonlyMap<string, BillerBook>
  /** What is wrong with the rows of daily files. */
  flaws: readonly FileFlaw[]
  /** Orders of which no notice will ever come. */
  silent: Set<string>
  /** The items of which residents were told that they are taken back. */
  takenBack: Set<string>
  /** What our books knew of a file's day when somebody set out to read it, by file and try. */
  known: Map<string, Known>
  /** The public key that verifies receipts. */
  receiptKey: Uint8Array
  /** Who sits at each desk. */
  sitters: ReadonlyMap<string, string>
  /** Grows with everything that is done in these books: where it is the same, so are they. */
  touched: () => number
}

/** How an item is named, here and at its biller. */
export const keyOf = ({ payment_id, item_no }: { payment_id: string; item_no: number }) =>
  `${payment_id}-${item_no}`

export const sum = (amounts: readonly number[]) =>
  amounts.reduce((total, amount) => total + amount, 0)

/** Read once of rows that are the same as before: a new row makes a new list of rows. */
export function onceOf<Rows extends object, Result>(
  read: (rows: Rows) => Result,
): (rows: Rows) => Result {
  const known = new WeakMap<Rows, Result>()
  return (rows) => {
    const before = known.get(rows)
    if (before !== undefined) return before
    const result = read(rows)
    known.set(rows, result)
    return result
  }
}

export const paidIds = onceOf(
  (payments: Snapshot['payments']) =>
    new Set(payments.filter(({ state }) => state === 'paid').map(({ payment_id }) => payment_id)),
)

export function bookedPosting(billers: Books['billers'], item: ItemRow) {
  const key = keyOf(item)
  for (const { postings } of billers.values()) {
    const found = postings.get(key)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether the biller lost the posting that it had of an item, and has it no more. */
export function isLost(billers: Books['billers'], item: ItemRow): boolean {
  const key = keyOf(item)
  return [...billers.values()].some(({ lost, postings }) => lost.has(key) && !postings.has(key))
}

export function repeated(values: readonly string[]): string[] {
  const once = new Set<string>()
  const again = new Set<string>()
  for (const value of values) (once.has(value) ? again : once).add(value)
  return [...again]
}
