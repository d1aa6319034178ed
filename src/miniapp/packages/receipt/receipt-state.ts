import type { ItemState } from '../../../core/item'
import type { Fen } from '../../../core/money'
import type { TagKind } from '../../ui/tag'

/** How a receipt stands now; the print is told beside it. */
export type ReceiptState = 'unposted' | 'posted' | 'returning' | 'partly' | 'refunded'

/** Which of them it is: money that went back, or is to go back, says more than the posting. */
export function receiptState(receipt: {
  state: ItemState
  duplicate: boolean
  refunded: Fen
  amount: Fen
}): ReceiptState {
  if (receipt.refunded > 0) return receipt.refunded < receipt.amount ? 'partly' : 'refunded'
  const goesBack = receipt.state === 'rejected' || receipt.state === 'undone'
  if (receipt.duplicate || goesBack) return 'returning'
  return receipt.state === 'posted' ? 'posted' : 'unposted'
}

/** How that looks. */
export const STATE_TAG: Record<ReceiptState, TagKind> = {
  unposted: 'wait',
  posted: 'done',
  returning: 'soon',
  partly: 'refunded',
  refunded: 'refunded',
}
