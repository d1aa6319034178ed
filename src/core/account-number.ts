/** A biller's rule for its account numbers. */
export type AccountNumberRule = {
  /** How many digits, check digit included, suffix excluded. */
  digits: number
  /** The last digit is a check over those before it. */
  checkDigit?: 'luhn' | 'mod-11'
  /** One letter behind the digits; without it the number is a neighbour's. */
  letterSuffix?: boolean
}

export type AccountNumberFlaw =
  | 'empty'
  | 'bad-character'
  | 'too-short'
  | 'letter-missing'
  | 'too-long'
  | 'check-digit'

/** Full-width forms become plain, spaces and hyphens go, letters become capitals. */
export function normaliseAccountNumber(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (character) =>
      String.fromCharCode(character.charCodeAt(0) - 0xfee0),
    )
    .replace(/[\s\u3000\u00A0_·-]/g, '')
    .toUpperCase()
}

/**
 * Checks a typed number against the rule. Flaws in order: empty, bad-character, too-short, too-long,
 * letter-missing, check-digit.
 */
export function checkAccountNumber(
  rule: AccountNumberRule,
  text: string,
): { ok: true; number: string } | { ok: false; reason: AccountNumberFlaw } {
  const number = normaliseAccountNumber(text)
  const reason = flawOf(rule, number)
  return reason === undefined ? { ok: true, number } : { ok: false, reason }
}

const NUMBER = /^(\d*)([A-Z]?)$/

function flawOf(rule: AccountNumberRule, number: string): AccountNumberFlaw | undefined {
  if (number === '') return 'empty'
  const match = NUMBER.exec(number)
  if (match === null) return 'bad-character'
  const [, digits, letter] = match as unknown as [whole: string, digits: string, letter: string]
  if (letter !== '' && rule.letterSuffix !== true) return 'bad-character'
  if (digits.length < rule.digits) return 'too-short'
  if (digits.length > rule.digits) return 'too-long'
  if (rule.letterSuffix === true && letter === '') return 'letter-missing'
  if (rule.checkDigit !== undefined && !hasRightCheckDigit(rule.checkDigit, digits))
    return 'check-digit'
  return undefined
}

/** The check digit that belongs behind `body`; null where the rule (mod 11) has none for it. */
export function checkDigitFor(kind: 'luhn' | 'mod-11', body: string): string | null {
  const digits = Array.from(body, Number)
  if (kind === 'luhn') {
    const sum = digits.reverse().reduce((total, digit, index) => total + luhnValue(digit, index), 0)
    return String((10 - (sum % 10)) % 10)
  }
  const sum = digits.reverse().reduce((total, digit, index) => total + digit * (2 + (index % 6)), 0)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? null : String(check)
}

function luhnValue(digit: number, indexFromRight: number): number {
  if (indexFromRight % 2 === 1) return digit
  return digit > 4 ? digit * 2 - 9 : digit * 2
}

function hasRightCheckDigit(kind: 'luhn' | 'mod-11', digits: string): boolean {
  return checkDigitFor(kind, digits.slice(0, -1)) === digits.slice(-1)
}
