/** A quantity in 1/100 of its unit (m³ or kWh); half cubic metres exist in published tiers. */
export type Quantity = number & { readonly unit: 'hundredths' }

/** Takes an integer as hundredths of a unit; asserts that it is one. */
export function quantity(value: number): Quantity {
  if (!Number.isSafeInteger(value)) throw new Error(`a quantity is whole hundredths, not ${value}`)
  return (value === 0 ? 0 : value) as Quantity
}

/** '320', '22.5', '0.07'. */
export function formatQuantity(value: Quantity): string {
  const digits = String(Math.abs(value)).padStart(3, '0')
  const decimals = digits.slice(-2).replace(/0+$/, '')
  const sign = value < 0 ? '-' : ''
  return decimals === ''
    ? `${sign}${digits.slice(0, -2)}`
    : `${sign}${digits.slice(0, -2)}.${decimals}`
}
