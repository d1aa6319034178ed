import type { PaymentItem } from '../../../../contract/get-payment'
import { itemStanding, type PaymentReply } from './payment-standing'

/** How often WeChat itself is asked while we wait; the cloud allows six times a minute. */
export const ASK_WECHAT_EVERY_MS = 12_000

const FRESH_MS = 60_000
const WARM_MS = 5 * 60_000

/**
 * How long to wait before looking again, by how long the page has been looking: every 2 s in the
 * first minute, then 5 s, then 30 s; every 30 s while only late items or refunds are on their way, or
 * an item waits to be taken back.
 * Null once nothing is: a refused item ends nothing for the others.
 */
export function pollWait(reply: PaymentReply | undefined, lookingForMs: number): number | null {
  const isProved = reply?.state === 'paid' || reply?.state === 'closed'
  if (isProved) {
    const standings = reply.state === 'paid' ? reply.items.map(itemStanding) : []
    const isSlow = standings.includes('late') || standings.includes('undoable')
    const isMoving = isSlow || reply.items.some(isRefunding)
    if (!standings.includes('posting')) return isMoving ? 30_000 : null
  }
  if (lookingForMs < FRESH_MS) return 2_000
  return lookingForMs < WARM_MS ? 5_000 : 30_000
}

function isRefunding({ trail }: PaymentItem): boolean {
  const last = trail.at(-1)
  return last?.at === undefined && (last?.kind === 'refund-sent' || last?.kind === 'refund-arrived')
}
