import { type AccountNumberRule, checkAccountNumber } from '../../../../core/account-number'

/**
 * The account number in the text of a paper bill's bar code or QR code: the whole text, or the one
 * part of it that keeps the biller's rule. Undefined when none does, or more than one.
 */
export function scannedNumber(rule: AccountNumberRule, text: string): string | undefined {
  const whole = checkAccountNumber(rule, text)
  if (whole.ok) return whole.number
  const parts = text.split(/[^0-9A-Za-z]+/).flatMap((part) => {
    const checked = checkAccountNumber(rule, part)
    return checked.ok ? [checked.number] : []
  })
  const found = new Set(parts)
  return found.size === 1 ? parts[0] : undefined
}
