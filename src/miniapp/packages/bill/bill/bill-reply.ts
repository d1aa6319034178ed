import type { ReplyOf } from '../../../../contract/call'
import type { getBill } from '../../../../contract/get-bill'

export type BillReply = ReplyOf<typeof getBill>

/** True while the bill can be paid, or is being paid: its price is today's. */
export function isOpen(bill: BillReply): boolean {
  return bill.standing.kind === 'due' || bill.standing.kind === 'paying'
}
