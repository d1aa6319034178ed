import type { RequestOf } from '../../contract/call'
import type { getReceipt as call } from '../../contract/get-receipt'
import { maskName } from '../../core/masking'
import { dateOf, daysBetween } from '../../core/time'
import { undoUntil } from '../../core/undo'
import { findAccount } from '../postgres/accounts'
import { type ReceiptRecord, receiptByNumber } from '../postgres/receipts'
import { bindingsOf } from '../postgres/residents'
import { creditBills } from './credit-bills'
import { knownBiller } from './known-biller'
import { noteViews } from './note-views'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'

/** One of the resident's own receipts; another person's is not found. */
export async function getReceipt(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const record = await signedReceipt(ports, caller, request.receiptNumber)
  if (record === undefined) return refuse<typeof call>('not-found')
  await noteViews(ports, caller, [record.accountId])
  const account = await findAccount(ports.database, ports.personalData, record.accountId)
  if (account === undefined)
    throw new Error(`law 5: receipt ${record.receiptNumber} has no account`)
  const binding = (await bindingsOf(ports.database, caller.openid)).find(
    (one) => one.accountId === record.accountId,
  )
  const manifest = knownBiller(ports, record.billerId)
  const asOf = ports.now()
  const until = undoUntil(record, record.issuedAt, asOf)
  return done<typeof call>({
    receiptNumber: record.receiptNumber,
    code: record.code,
    billerId: record.billerId,
    billerName: manifest.names,
    legalName: manifest.legalName,
    service: manifest.service,
    label: binding?.label ?? '',
    household: binding?.household ?? '',
    accountNumber: account.accountNumber,
    holder: maskName(account.holder),
    month: record.month,
    dueOn: record.dueOn,
    principal: record.principalFen,
    lateFee: record.lateFeeFen,
    daysLate: Math.max(0, daysBetween(record.dueOn, dateOf(record.paidAt))),
    amount: record.amountFen,
    paidAt: record.paidAt,
    transactionId: record.transactionId,
    paymentId: record.phonePaymentId,
    state: record.state,
    ...(until === undefined ? {} : { undoUntil: until }),
    duplicate: record.credit === 'duplicate',
    refunded: record.refundedFen,
    ...(record.postingNumber === null ? {} : { postingNumber: record.postingNumber }),
    ...(record.postedAt === null ? {} : { postedAt: record.postedAt }),
    ...(record.printedAt === null ? {} : { printedAt: record.printedAt }),
    asOf,
  })
}

/** A receipt that is read before its credit step ran is credited and signed now. */
async function signedReceipt(
  ports: Ports,
  caller: Caller,
  receiptNumber: string,
): Promise<(ReceiptRecord & { code: string }) | undefined> {
  const record = await receiptByNumber(ports.database, receiptNumber)
  if (record === undefined || record.openid !== caller.openid) return undefined
  const { code } = record
  if (code !== null) return { ...record, code }
  await creditBills(ports, record.paymentId)
  return signedReceipt(ports, caller, receiptNumber)
}
