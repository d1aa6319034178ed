import { followsBy } from './follows'

/**
 * Where money that is given back stands. `closed` and `abnormal` are for a person to look at; of what was
 * declined nothing was ever sent.
 */
export type RefundState =
  | 'requested'
  | 'approved'
  | 'sent'
  | 'done'
  | 'closed'
  | 'abnormal'
  | 'declined'

/** Rules that approve a refund by themselves; any other needs a second person. */
export type RefundRule = 'duplicate' | 'rejected-posting' | 'undo' | 'merchant-platform'

/** States never run backwards; money that WeChat could not place may still arrive. */
export const canRefundFollow = followsBy<RefundState>({
  requested: ['approved', 'declined'],
  approved: ['sent', 'done', 'closed', 'abnormal', 'declined'],
  sent: ['done', 'closed', 'abnormal'],
  abnormal: ['done', 'closed'],
})

/** The number that a refund of ours has for ever, at WeChat and at the biller that reverses its credit. */
export function refundNumberOf({ paymentId, refundNo }: RefundName): string {
  return `${paymentId}R${String(refundNo).padStart(3, '0')}`
}

type RefundName = { paymentId: string; refundNo: number }

const NUMBER = /^(.{26})R(\d{3})$/

/** The payment and the refund that a refund's number names; null when it is none of ours. */
export function refundOfNumber(refundNumber: string): RefundName | null {
  const match = NUMBER.exec(refundNumber)
  if (match === null) return null
  const [, paymentId, refundNo] = match as unknown as [whole: string, id: string, digits: string]
  return { paymentId, refundNo: Number(refundNo) }
}
