import type { Quantity } from './quantity'

/** An amount in fen (1/100 yuan); always a safe integer. */
export type Fen = number & { readonly unit: 'fen' }
/** A price per unit in 1/10000 yuan. */
export type UnitPrice = number

/** Takes an integer as fen; asserts that it is one. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new Error(`money is whole fen, not ${value}`)
  return (value === 0 ? 0 : value) as Fen
}

export function sumFen(amounts: readonly Fen[]): Fen {
  return fen(amounts.reduce<number>((sum, amount) => sum + amount, 0))
}

export function subtractFen(from: Fen, amount: Fen): Fen {
  return fen(from - amount)
}

export function negateFen(amount: Fen): Fen {
  return fen(-amount)
}

/** Quantity × price, rounded half-up to the fen once. */
export function lineAmount(quantity: Quantity, price: UnitPrice): Fen {
  return roundedShare(quantity, price, 10_000)
}

/**
 * amount × numerator ÷ denominator, rounded half-up (away from zero) to a whole fen. Whole and rest
 * are multiplied apart, since the product may be larger than a safe integer.
 */
export function roundedShare(amount: number, numerator: number, denominator: number): Fen {
  const sign = Math.sign(amount) * Math.sign(numerator)
  const [part, of] = [Math.abs(amount), Math.abs(numerator)]
  const rest = 2 * (part % denominator) * of + denominator
  if (!Number.isSafeInteger(rest))
    throw new Error(`${amount} × ${numerator} is beyond exact numbers`)
  return fen(sign * (Math.floor(part / denominator) * of + Math.floor(rest / (2 * denominator))))
}

/** '1,234.56'; a minus sign in front of negative amounts. */
export function formatYuan(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${amount < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`
}

/** Reads an optional sign, digits and at most two decimals; null for anything else. */
const YUAN = /^([+-]?)(\d{1,12})(?:\.(\d{1,2}))?$/

export function parseYuan(text: string): Fen | null {
  const match = YUAN.exec(text)
  if (match === null) return null
  const [, sign, whole, decimals = ''] = match
  const value = Number(whole) * 100 + Number(decimals.padEnd(2, '0'))
  return fen(sign === '-' ? -value : value)
}

/** '3.45', '0.4883': a unit price in yuan, at least two decimals, no zeros behind them. */
export function formatUnitPrice(price: UnitPrice): string {
  const digits = String(Math.abs(price)).padStart(5, '0')
  const decimals = digits.slice(-4).replace(/0{1,2}$/, '')
  return `${price < 0 ? '-' : ''}${digits.slice(0, -4)}.${decimals}`
}
