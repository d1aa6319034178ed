import type { CBORType } from '@levischuck/tiny-cbor'
import { type Fen, fen } from '../money'
import type { Instant, MonthText } from '../time'

/** What is signed: enough for a clerk without network, no name and no whole account number. */
export type ReceiptBody = {
  number: string
  billerId: string
  /** The last four characters of the account number. */
  accountTail: string
  month: MonthText
  principal: Fen
  lateFee: Fen
  /** Whole seconds are signed. */
  paidAt: Instant
  /** WeChat's order number. */
  transactionId: string
}

/** Fields by small integer keys, so that the code stays small. */
export function toCborMap(body: ReceiptBody): Map<string | number, CBORType> {
  return new Map<string | number, CBORType>([
    [1, body.number],
    [2, body.billerId],
    [3, body.accountTail],
    [4, Number(body.month.replace('-', ''))],
    [5, body.principal],
    [6, body.lateFee],
    [7, Math.floor(body.paidAt / 1000)],
    [8, body.transactionId],
  ])
}

/** The body again; null when a field is missing or of another type. */
export function fromCborMap(map: unknown): ReceiptBody | null {
  if (!(map instanceof Map) || map.size !== 8) return null
  const [number, billerId, accountTail, month, principal, lateFee, seconds, transactionId] = [
    1, 2, 3, 4, 5, 6, 7, 8,
  ].map((key) => map.get(key) as unknown)
  if (!isText(number) || !isText(billerId) || !isText(accountTail) || !isText(transactionId))
    return null
  if (!isWhole(month) || !isWhole(principal) || !isWhole(lateFee) || !isWhole(seconds)) return null
  const digits = String(month)
  return {
    number,
    billerId,
    accountTail,
    month: `${digits.slice(0, 4)}-${digits.slice(4)}`,
    principal: fen(principal),
    lateFee: fen(lateFee),
    paidAt: seconds * 1000,
    transactionId,
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
