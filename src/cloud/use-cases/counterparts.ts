import { hash } from 'node:crypto'
import type { TradeRow } from '../../core/reconciliation'
import type { DayPosting } from '../billers/biller'

/** The first 64 bits of an MD5, in hex: a line that differs passes for one of a million once in 2⁴⁴ times. */
const DIGITS = 16
const HALF = DIGITS / 2

/** What an order's line says; as `order_print` in the database. */
export function tradePrint({ orderNumber, transactionId, amount }: TradeRow): string {
  return printOf(`${orderNumber}|${transactionId}|${amount}`)
}

/** What a posting's line says; as `item_print` in the database. */
export function postingPrint({ postingId, postingNumber, amount }: DayPosting): string {
  return printOf(`${postingId}|${postingNumber}|${amount}`)
}

function printOf(text: string): string {
  return hash('md5', text).slice(0, DIGITS)
}

const FREE = 0
const UNMET = 1
const MET = 2

/**
 * Our rows of a day, by their prints, that the lines of a file are held against: a million take 20 MB.
 * `prints` stand one behind the other.
 */
export function createCounterparts(prints: string) {
  const count = prints.length / DIGITS
  // A power of two, at most half full: a free place is never far.
  const size = 2 ** Math.ceil(Math.log2(2 * count + 1))
  const heads = new Uint32Array(size)
  const tails = new Uint32Array(size)
  const states = new Uint8Array(size)

  /** Where this print is, or would be. */
  function placeOf(head: number, tail: number): number {
    let place = head % size
    while (states[place] !== FREE && (heads[place] !== head || tails[place] !== tail))
      place = (place + 1) % size
    return place
  }

  for (let from = 0; from < prints.length; from += DIGITS) {
    const head = wordAt(prints, from)
    const tail = wordAt(prints, from + HALF)
    const place = placeOf(head, tail)
    heads[place] = head
    tails[place] = tail
    states[place] = UNMET
  }

  return {
    /** Whether a row of ours says the same, for the first time or again. */
    meet: (print: string): 'first' | 'again' | undefined => {
      const place = placeOf(wordAt(print, 0), wordAt(print, HALF))
      if (states[place] === FREE) return undefined
      if (states[place] === MET) return 'again'
      states[place] = MET
      return 'first'
    },
    /** The prints that nothing has met; no more than `most`. */
    unmet: (most: number): string[] => {
      const left: string[] = []
      for (let place = 0; place < size && left.length < most; place += 1)
        if (states[place] === UNMET) left.push(hexOf(heads[place]) + hexOf(tails[place]))
      return left
    },
  }
}

function wordAt(hex: string, from: number): number {
  return Number.parseInt(hex.slice(from, from + HALF), 16)
}

function hexOf(word = 0): string {
  return word.toString(16).padStart(HALF, '0')
}
