/** Crockford's base 32: no I, L, O, U, so that nothing is misread. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHARACTERS = 26

/** 16 random bytes as 26 base-32 characters: the id that a phone gives a payment. */
export function newPaymentId(bytes: Uint8Array): string {
  if (bytes.length !== 16)
    throw new Error(`a payment id takes 16 random bytes, not ${bytes.length}`)
  let text = ''
  let buffer = 0
  let bits = 2
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(buffer >> bits) & 31]
    }
    buffer &= (1 << bits) - 1
  }
  return text
}

/** 26 base-32 characters of at most 128 bits. */
export function isPaymentId(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text)
}

/**
 * WeChat's number for an order of a payment: the payment's id and two digits. 0 is the whole
 * payment (a combined order), 1 and on its orders. WeChat allows 6 to 32 of `[0-9A-Za-z_-|*]`.
 */
export function orderNumber(paymentId: string, order: number): string {
  if (!Number.isInteger(order) || order < 0 || order > 99) throw new Error(`no order ${order}`)
  return `${paymentId}${String(order).padStart(2, '0')}`
}

/** What a biller knows an item by, on every try the same. */
export function postingIdOf({ paymentId, itemNo }: { paymentId: string; itemNo: number }): string {
  return `${paymentId}-${itemNo}`
}

/** The payment behind an order number; null when it is not one of ours. */
export function paymentIdOf(number: string): string | null {
  const id = number.slice(0, CHARACTERS)
  return isPaymentId(id) && /^\d{2}$/.test(number.slice(CHARACTERS)) ? id : null
}
