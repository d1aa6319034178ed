import type { BillerBook } from '../neighbours/biller'
import type { WeChatBook } from '../neighbours/we-chat'
import type { ItemRow, Snapshot } from '../snapshot'

/** The neighbours' own books: the other side that the tables are held against. */
export type Books = {
  weChat: WeChatBook
  billers: ReadonlyMap<string, BillerBook>
  /** The items of which residents were told that they are taken back. */
  takenBack: Set<string>
}

/** How an item is named, here and at its biller. */
export const keyOf = ({ payment_id, item_no }: { payment_id: string; item_no: number }) =>
  `${payment_id}-${item_no}`

export const sum = (amounts: readonly number[]) =>
  amounts.reduce((total, amount) => total + amount, 0)

export const paidIds = (now: Snapshot) =>
  now.payments.filter(({ state }) => state === 'paid').map(({ payment_id }) => payment_id)

export function bookedPosting(billers: Books['billers'], item: ItemRow) {
  for (const { postings } of billers.values()) {
    const found = postings.get(keyOf(item))
    if (found !== undefined) return found
  }
  return undefined
}

export function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))]
}
