import type { RequestOf } from '../../contract/call'
import type { printReceipt as call } from '../../contract/print-receipt'
import { printReceiptRow, receiptByNumber } from '../postgres/receipts'
import { type StaffMember, staffName } from '../postgres/residents'
import { done, type Outcome, refuse } from './outcome'
import type { Ports } from './ports'
import { typedReceiptNumber } from './typed-receipt-number'

/** Marks a receipt of the clerk's biller as printed, once. Refusals: not-found, not-posted. */
export async function printReceipt(
  ports: Ports,
  staff: StaffMember,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const record = await receiptByNumber(ports.database, typedReceiptNumber(request.receiptNumber))
  if (record === undefined || record.billerId !== staff.billerId)
    return refuse<typeof call>('not-found')
  if (record.state !== 'posted' || record.isReturning) return refuse<typeof call>('not-posted')
  const printed = await printReceiptRow(
    ports.database,
    { ...record, staffId: staff.staffId },
    ports.now(),
  )
  return done<typeof call>({
    ...printed,
    printedBy: await staffName(ports.database, printed.printedBy),
  })
}
