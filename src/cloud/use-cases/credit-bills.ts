import { sealReceipt } from '../../core/receipt/seal-receipt'
import { type Credit, creditBill, noteCredit, signReceipt } from '../postgres/outbox'
import { type SettledItem, settledItems } from '../postgres/payments'
import type { Ports } from './ports'

/**
 * Marks the bills of a payment as paid right after it was settled, so that of two payments for one
 * bill the one that was settled first has it, and signs their receipts. What can be taken back has its
 * receipt only: its bill is held by the payment, and credited when that time is over. The posting
 * task does the same again: a crash in between loses nothing.
 */
export async function creditBills(ports: Ports, paymentId: string): Promise<void> {
  for (const item of await settledItems(ports.database, paymentId)) {
    const mayBeUndone = item.undoMinutes > 0 && item.undoEndedAt === null
    if (mayBeUndone) await signReceipt(ports.database, item, signedReceipt(ports, item))
    else await creditItem(ports, item)
  }
}

/**
 * Signs the receipts of a payment that have no signature yet: what goes back before its bill was credited
 * has its proof, too.
 */
export async function signReceipts(ports: Ports, paymentId: string): Promise<void> {
  for (const item of await settledItems(ports.database, paymentId))
    await signReceipt(ports.database, item, signedReceipt(ports, item))
}

/** Credits one item's bill and keeps its receipt. Idempotent: what is signed is derived. */
export async function creditItem(ports: Ports, item: SettledItem): Promise<Credit> {
  const credit = await creditBill(ports.database, item, ports.now())
  await noteCredit(ports.database, item, credit, signedReceipt(ports, item))
  return credit
}

function signedReceipt(ports: Ports, item: SettledItem): { code: string; keyId: string } {
  const code = sealReceipt(
    {
      number: item.receiptNumber,
      billerId: item.billerId,
      accountTail: item.accountTail,
      month: item.month,
      principal: item.principalFen,
      lateFee: item.lateFeeFen,
      paidAt: item.paidAt,
      transactionId: item.transactionId,
    },
    ports.receipts,
  )
  return { code, keyId: ports.receipts.keyId }
}
