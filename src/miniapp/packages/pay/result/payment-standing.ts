import type { ReplyOf } from '../../../../contract/call'
import type { getPayment, PaymentItem } from '../../../../contract/get-payment'
import type { SheetReturn } from '../../../client/payment/open-sheet'

export type PaymentReply = ReplyOf<typeof getPayment>

/**
 * How the result page speaks of a payment. `waiting` is "we do not know yet", whatever the phone
 * saw; `open` is the same while WeChat would still take it and did not tell this phone "ok": it can
 * be continued. `closed` is proved. Of a paid payment the item that needs most care decides.
 */
export type PaymentStanding = 'waiting' | 'open' | 'closed' | ItemStanding

/** What needs most care first. `undoable` can still be taken back, `undone` was. */
const BY_CARE = ['returned', 'late', 'undoable', 'undone', 'givenBack', 'posting', 'done'] as const
export type ItemStanding = (typeof BY_CARE)[number]

/**
 * Which of them it is; `sheet` is how the phone came back from WeChat, undefined where that is not
 * known: after a crash, or on another device.
 */
export function paymentStanding(
  reply: PaymentReply,
  sheet: SheetReturn | undefined,
): PaymentStanding {
  if (reply.state === 'closed') return 'closed'
  if (reply.state !== 'paid') return canContinue(reply, sheet) ? 'open' : 'waiting'
  const standings = reply.items.map(itemStanding)
  return BY_CARE.find((standing) => standings.includes(standing)) ?? 'done'
}

/** How one item of a paid payment stands. */
export function itemStanding(item: PaymentItem): ItemStanding {
  if (item.state === 'undone') return 'undone'
  if (item.state === 'rejected' || item.duplicate) return 'returned'
  if (item.state === 'posted') return 'done'
  if (item.trail.some((step) => step.kind.startsWith('refund-'))) return 'givenBack'
  if (item.undoUntil !== undefined && item.undoUntil > Date.now()) return 'undoable'
  return item.trail.some((step) => step.late === true) ? 'late' : 'posting'
}

/** Items in the order of care they need; as the server gave them among equals. */
export function byCare(items: readonly PaymentItem[]): PaymentItem[] {
  const care = (item: PaymentItem) => BY_CARE.indexOf(itemStanding(item))
  return [...items].sort((one, other) => care(one) - care(other))
}

/** A payment that was `created` never came as far as WeChat: its order can still be placed. */
function canContinue(reply: PaymentReply, sheet: SheetReturn | undefined): boolean {
  if (sheet === 'ok') return false
  return reply.pay !== undefined || (reply.state === 'created' && reply.expiresAt > Date.now())
}
