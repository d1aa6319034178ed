import type { Instant } from '../../core/time'
import { decideUndoMinutes } from '../../core/undo'
import type { PayableBill } from './payable-bills'

/** How long a bill can be taken back once it is paid, in an order that expires then. */
export function undoMinutesOf(
  { manifest, bill }: PayableBill,
  paidBefore: ReadonlySet<string>,
  expiresAt: Instant,
): number {
  return decideUndoMinutes({
    allowed: manifest.posting.undoMinutes,
    isFirstPayment: !paidBefore.has(bill.accountId),
    closedWindows: manifest.closedWindows,
    expiresAt,
  })
}
