import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { decodeCBOR, encodeCBOR } from '@levischuck/tiny-cbor'
import type { ItemRow, Snapshot } from '../snapshot'
import { type Books, keyOf, onceOf, paidIds, repeated } from './books'

/** Law 5: one number per item, and a code once it is credited; without money there is none. */
export function receiptsAreOnce(now: Snapshot): string[] {
  const paid = paidIds(now.payments)
  return [
    ...repeated(now.items.map((item) => item.receipt_number)).map(
      (number) => `law 5: receipt ${number} is there twice`,
    ),
    ...now.items
      .filter((item) => item.credit !== null && item.receipt_code === null)
      .map((item) => `law 5: ${keyOf(item)} is credited without a receipt`),
    ...now.items
      .filter((item) => item.receipt_code !== null && !paid.has(item.payment_id))
      .map((item) => `law 5: ${keyOf(item)} has a receipt, and was not paid`),
  ]
}

/** Laws 4 and 5: a receipt is signed by our key, and says what was paid at WeChat, for which item. */
export function receiptsAreTrue(now: Snapshot, books: Books): string[] {
  const orderOf = new Map(now.orders.map((one) => [`${one.payment_id}/${one.order_no}`, one]))
  const payments = new Map(now.payments.map((one) => [one.payment_id, one]))
  return now.items.flatMap((item) => {
    if (item.receipt_code === null) return []
    const receipt = readOnce(item)(books.receiptKey)
    if (receipt === undefined) return [`law 5: the receipt of ${keyOf(item)} is not signed by us`]
    const booked = books.weChat.orders.get(payments.get(item.payment_id)?.order_number ?? '')
    const order = orderOf.get(`${item.payment_id}/${item.order_no}`)
    const said = [
      ...[item.receipt_number, item.biller_id, item.account_tail],
      ...[Number(item.month.replace('-', '')), item.principal_fen, item.late_fee_fen],
      ...[Math.floor((booked?.paidAt ?? 0) / 1_000), `T${order?.order_number}`],
    ]
    return said.every((value, index) => receipt.get(index + 1) === value)
      ? []
      : [`law 4: the receipt of ${keyOf(item)} says something else`]
  })
}

/** A row that was not written again has the code that was read before. */
const readOnce = onceOf((item: ItemRow) => {
  let known: ReturnType<typeof readCode> | null = null
  return (key: Uint8Array) => {
    known ??= readCode(item.receipt_code ?? '', key)
    return known
  }
})

const PREFIX = 'WJ1:'

/** What a code says, by the numbers of its fields (COSE_Sign1 of RFC 9052 in Base45); undefined where its signature fails. */
function readCode(code: string, key: Uint8Array): ReadonlyMap<number, unknown> | undefined {
  if (!code.startsWith(PREFIX)) return undefined
  const { value } = decodeCBOR(bytesOf(code.slice(PREFIX.length))) as { value: Uint8Array[] }
  const [header, , payload, signature] = value
  if (header === undefined || payload === undefined || signature === undefined) return undefined
  const signed = encodeCBOR(['Signature1', header, new Uint8Array(0), payload])
  if (!verify(null, signed, publicKey(key), signature)) return undefined
  return decodeCBOR(payload) as Map<number, unknown>
}

const publicKey = onceOf(
  (bytes: Uint8Array): KeyObject =>
    createPublicKey({
      format: 'jwk',
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bytes).toString('base64url') },
    }),
)

const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** Base45 (RFC 9285): three signs for two bytes, the least first, and two for a last one. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(
    (text.match(/.{1,3}/gs) ?? []).flatMap((group) => {
      const number = [...group].reduceRight((sum, sign) => sum * 45 + SIGNS.indexOf(sign), 0)
      return group.length === 3 ? [number >> 8, number & 255] : [number]
    }),
  )
}
