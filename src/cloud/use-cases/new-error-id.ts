import { randomBytes } from 'node:crypto'

/** What the log carries and a person can read out on the phone: 'E7K-2404'. */
export function newErrorId(): string {
  const text = randomBytes(4).toString('hex').toUpperCase()
  return `E${text.slice(0, 3)}-${text.slice(3, 7)}`
}
