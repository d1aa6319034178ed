import { parseYuan } from './money'

export type ChallengeKind = 'name-last-character' | 'address-part' | 'last-amount'

/** Whether the answer to a biller's challenge is right. `expected` is the whole name, the whole
 * address, or the last amount in fen as text; the answer is as typed. */
export function answerMatches(kind: ChallengeKind, expected: string, answer: string): boolean {
  const plain = plainText(answer)
  switch (kind) {
    case 'name-last-character':
      return Array.from(plainText(expected)).at(-1) === plain
    case 'address-part':
      return /\d/.test(plain) && partsOf(expected).includes(rowOf(plain))
    case 'last-amount': {
      const amount = parseYuan(plain.replace(/[元¥,]/g, ''))
      return amount !== null && String(amount) === expected
    }
  }
}

/** Full-width forms become plain, spaces go. */
function plainText(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (character) =>
      String.fromCharCode(character.charCodeAt(0) - 0xfee0),
    )
    .replace(/[\s\u3000]/g, '')
}

/** What may be answered of an address: its last number (the flat), or the whole row: '1202', '88-1202'. */
function partsOf(address: string): string[] {
  const row = rowOf(plainText(address))
  return [row, ...row.split('-').slice(-1)]
}

/** All numbers of a text, in their order. */
function rowOf(text: string): string {
  return text
    .split(/\D/)
    .filter((part) => part !== '')
    .join('-')
}
