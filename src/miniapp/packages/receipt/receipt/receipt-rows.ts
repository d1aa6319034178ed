import type { ReplyOf } from '../../../../contract/call'
import type { getReceipt } from '../../../../contract/get-receipt'
import { groupDigits } from '../../../../core/masking'
import { fen, formatYuan } from '../../../../core/money'
import { clockSecondsOf, clockTimeOf, dateOf, type Instant } from '../../../../core/time'
import type { RECEIPT_WORDS } from '../../../client/words/receipt'
import { receiptState } from '../receipt-state'

/** Every field of a receipt, as it stands on paper too. */
export function receiptRows(
  receipt: ReplyOf<typeof getReceipt>,
  words: (typeof RECEIPT_WORDS)['zh'],
): { name: string; value: string }[] {
  const { postingNumber, postedAt, printedAt, refunded } = receipt
  const state = receiptState(receipt)
  const shown = state === 'posted' && printedAt !== undefined ? 'printed' : state
  return [
    { name: words.accountNumber, value: groupDigits(receipt.accountNumber) },
    { name: words.holder, value: receipt.holder },
    { name: words.services[receipt.service], value: formatYuan(receipt.principal) },
    { name: words.lateFee, value: words.lateFeeText(receipt.lateFee, receipt.daysLate) },
    { name: words.charge, value: formatYuan(fen(0)) },
    { name: words.paidAt, value: wholeMoment(receipt.paidAt) },
    { name: words.paidBy, value: words.wechatPay },
    { name: words.transaction, value: groupDigits(receipt.transactionId) },
    { name: words.payment, value: groupDigits(receipt.paymentId) },
    ...(postingNumber === undefined ? [] : [{ name: words.postingNumber, value: postingNumber }]),
    ...(postedAt === undefined ? [] : [{ name: words.postedAt, value: wholeMoment(postedAt) }]),
    ...(refunded === 0 ? [] : [{ name: words.refunded, value: formatYuan(refunded) }]),
    { name: words.now, value: words.nowText(words.states[shown], clockTimeOf(receipt.asOf)) },
  ]
}

function wholeMoment(instant: Instant): string {
  return `${dateOf(instant)} ${clockSecondsOf(instant)}`
}
