import type { SimulatedPosting } from './books'

const TEXTS = ['postingId', 'accountNumber', 'billId', 'transactionId']
const WHOLE = ['revision', 'principal', 'lateFee', 'amount', 'quotedAt', 'paidAt']

/** A posting with every field of the protocol and no other; undefined for anything else. */
export function readPosting(body: string): SimulatedPosting | undefined {
  const fields = fieldsOf(body)
  const isWhole =
    Object.keys(fields).length === TEXTS.length + WHOLE.length &&
    TEXTS.every((name) => typeof fields[name] === 'string' && fields[name] !== '') &&
    WHOLE.every((name) => Number.isSafeInteger(fields[name]))
  return isWhole ? (fields as SimulatedPosting) : undefined
}

function fieldsOf(body: string): Record<string, unknown> {
  try {
    return (JSON.parse(body) as Record<string, unknown> | null) ?? {}
  } catch {
    return {}
  }
}
