import type { Characters } from '../../core/file-line'

const MINUS = '-'.charCodeAt(0)
const PLUS = '+'.charCodeAt(0)
const POINT = '.'.charCodeAt(0)
const NAUGHT = '0'.charCodeAt(0)
const NINE = '9'.charCodeAt(0)

/**
 * A field of a file's line, read where it lies: a day has millions of them, and a text of its own for each would cost
 * more than all the rest. It is moved on to the next line, so that nobody keeps one.
 */
export class Cell implements Characters {
  private bytes: Buffer = Buffer.alloc(0)
  private start = 0
  private end = 0

  /** From here on it is what stands there, `end` not included. */
  move(bytes: Buffer, start: number, end: number): void {
    this.bytes = bytes
    this.start = start
    this.end = end
  }

  get length(): number {
    return this.end - this.start
  }

  /** Of what is ASCII, as every number and moment is; of anything else a byte. */
  charCodeAt(at: number): number {
    return this.bytes[this.start + at] as number
  }

  text(): string {
    return this.bytes.toString('utf8', this.start, this.end)
  }

  /** Whether it is this text, which is ASCII. */
  is(text: string): boolean {
    return this.length === text.length && this.has(text, 0)
  }

  /** Whether this text, which is ASCII, stands in it there. */
  has(text: string, from: number): boolean {
    if (from + text.length > this.length) return false
    for (let at = 0; at < text.length; at += 1)
      if (this.charCodeAt(from + at) !== text.charCodeAt(at)) return false
    return true
  }

  /** The number that so many digits are from there on; NaN where others stand. */
  digits(from: number, count: number): number {
    if (from + count > this.length) return Number.NaN
    let value = 0
    for (let at = from; at < from + count; at += 1) {
      const code = this.charCodeAt(at)
      if (code < NAUGHT || code > NINE) return Number.NaN
      value = 10 * value + code - NAUGHT
    }
    return value
  }

  /**
   * A decimal number, with a sign or without, of at most so many whole digits and decimals, in units of the last
   * decimal that there may be: 12.5 of two is 1250. NaN where something else stands.
   */
  decimal(mostWhole: number, mostDecimals: number): number {
    const { bytes, end } = this
    const sign = bytes[this.start]
    const first = sign === MINUS || sign === PLUS ? this.start + 1 : this.start
    let value = 0
    let point = end
    for (let at = first; at < end; at += 1) {
      const byte = bytes[at] as number
      if (byte === POINT && point === end) point = at
      else if (byte < NAUGHT || byte > NINE) return Number.NaN
      else value = 10 * value + byte - NAUGHT
    }
    const whole = point - first
    const decimals = Math.max(0, end - point - 1)
    const isOneTooMany = whole > mostWhole || decimals > mostDecimals
    if (isOneTooMany || whole === 0 || point === end - 1) return Number.NaN
    value *= 10 ** (mostDecimals - decimals)
    return sign === MINUS && value !== 0 ? -value : value
  }
}
