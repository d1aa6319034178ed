import type { DateText } from '../time'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * 'WJ26-1116-7K2M-9QXT-04BD': the day on which the payment started, then 60 bits in base 32 without I, L, O and U. The bits are
 * derived from payment and item, so the number is unique with them. `bytes` are at least eight.
 */
export function receiptNumber(date: DateText, bytes: Uint8Array): string {
  let buffer = 0
  let bits = 0
  let text = ''
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    bits += 8
    while (bits >= 5 && text.length < 12) {
      bits -= 5
      text += ALPHABET[(buffer >> bits) & 31]
    }
    buffer &= (1 << bits) - 1
  }
  if (text.length < 12) throw new Error(`a receipt number takes 8 bytes, not ${bytes.length}`)
  const groups = text.replace(/(.{4})(?=.)/g, '$1-')
  return `WJ${date.slice(2, 4)}-${date.slice(5, 7)}${date.slice(8, 10)}-${groups}`
}
