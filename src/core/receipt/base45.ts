/** Base45 (RFC 9285): bytes as characters that a QR code packs in its alphanumeric mode. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

export function toBase45(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const first = bytes[at] ?? 0
    const second = bytes[at + 1]
    text += second === undefined ? characters(first, 2) : characters(first * 256 + second, 3)
  }
  return text
}

/** The bytes again; null for a character, a length or a value that no bytes give. */
export function fromBase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 3) {
    const group = text.slice(at, at + 3)
    const value = numberOf(group)
    if (value === null || value > (group.length === 3 ? 0xffff : 0xff)) return null
    if (group.length === 3) bytes.push(value >> 8)
    bytes.push(value & 0xff)
  }
  return Uint8Array.from(bytes)
}

function characters(value: number, count: number): string {
  let text = ''
  let rest = value
  for (let place = 0; place < count; place += 1) {
    text += ALPHABET[rest % 45]
    rest = Math.floor(rest / 45)
  }
  return text
}

function numberOf(group: string): number | null {
  let value = 0
  for (const character of Array.from(group).reverse()) {
    const digit = ALPHABET.indexOf(character)
    if (digit < 0) return null
    value = value * 45 + digit
  }
  return value
}
