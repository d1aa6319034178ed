import type { SimulatedPosting, SimulatedReversal } from './books'

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

/** A reversal of so much of a posting; undefined for anything else. */
export function readReversal(reversalId: string, body: string): SimulatedReversal | undefined {
  const { postingId, amount, ...others } = fieldsOf(body)
  if (typeof postingId !== 'string' || Object.keys(others).length > 0) return undefined
  if (!Number.isSafeInteger(amount) || Number(amount) < 1) return undefined
  return { reversalId, postingId, amount: Number(amount) }
}

function fieldsOf(body: string): Record<string, unknown> {
  try {
    return (JSON.parse(body) as Record<string, unknown> | null) ?? {}
  } catch {
    return {}
  }
}
