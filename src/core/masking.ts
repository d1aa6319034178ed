/**
 * What others may see of personal data: one character of a name, the ends of a phone number, the
 * region of an address, the last four of an account number.
 */

/** '张晓华' → '张**'. */
export function maskName(name: string): string {
  const characters = Array.from(name.trim())
  return characters.length === 0
    ? ''
    : `${characters[0]}${'*'.repeat(Math.max(1, characters.length - 1))}`
}

/** Keeps the region, about six characters: '浦东新区花木…'. */
export function maskAddress(address: string): string {
  const characters = Array.from(address.trim())
  return characters.length <= 6
    ? `${characters.slice(0, 2).join('')}…`
    : `${characters.slice(0, 6).join('')}…`
}

/** Keeps the last four: '********3317'. */
export function maskNumber(number: string): string {
  return `${'*'.repeat(Math.max(0, number.length - 4))}${number.slice(-4)}`
}

/** Groups of four from the left: '4410 2093 3317', '3104 0721 6A'. */
export function groupDigits(accountNumber: string): string {
  return accountNumber.replace(/(.{4})(?=.)/g, '$1 ')
}
