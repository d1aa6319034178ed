import { createHash } from 'node:crypto'
import { receiptNumber } from '../../core/receipt/receipt-number'
import { sealReceipt } from '../../core/receipt/seal-receipt'
import { dateOf } from '../../core/time'
import type { SealedReceipt } from '../postgres/payment-writes'
import type { PaymentDossier } from '../postgres/payments'
import type { OrderPart } from '../wechat/order'
import type { Ports } from './ports'

/**
 * One signed receipt per item, from what WeChat proved. Number and text are derived, so that
 * sealing twice gives the same receipt.
 */
export function sealReceipts(
  ports: Ports,
  { payment, orders, items }: PaymentDossier,
  parts: readonly OrderPart[],
): SealedReceipt[] {
  return items.map((item) => {
    const order = orders.find((one) => one.orderNo === item.orderNo)
    const part = parts.find((one) => one.orderNumber === order?.orderNumber)
    if (part === undefined) {
      throw new Error(`law 5: item ${payment.paymentId}/${item.itemNo} has no paid order`)
    }
    const number = receiptNumber(dateOf(part.paidAt), numberBytes(payment.paymentId, item.itemNo))
    const code = sealReceipt(
      {
        number,
        billerId: item.billerId,
        accountTail: item.accountTail,
        month: item.month,
        principal: item.principalFen,
        lateFee: item.lateFeeFen,
        paidAt: part.paidAt,
        transactionId: part.transactionId,
      },
      ports.receipts,
    )
    return { itemNo: item.itemNo, receiptNumber: number, code, keyId: ports.receipts.keyId }
  })
}

function numberBytes(paymentId: string, itemNo: number): Uint8Array {
  return createHash('sha256').update(`${paymentId}/${itemNo}`).digest().subarray(0, 8)
}
