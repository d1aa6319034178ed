import type { ReplyOf, RequestOf } from '../../contract/call'
import type { checkReceipt as call } from '../../contract/check-receipt'
import { maskName } from '../../core/masking'
import { readReceipt } from '../../core/receipt/read-receipt'
import { dateOf, daysBetween } from '../../core/time'
import { undoUntil } from '../../core/undo'
import { findAccount } from '../postgres/accounts'
import { findDossier } from '../postgres/payment-dossiers'
import { type ReceiptRecord, receiptByNumber } from '../postgres/receipts'
import { type StaffMember, staffName, writeAudit } from '../postgres/residents'
import { knownBiller } from './known-biller'
import { newAuditId } from './new-audit-id'
import { noteFault } from './note-fault'
import { done, type Outcome, refuse } from './outcome'
import type { Ports } from './ports'
import { postingTimes } from './posting-times'
import { typedReceiptNumber } from './typed-receipt-number'
import { wechatOrder } from './wechat-order'

type Reply = ReplyOf<typeof call>

/**
 * A clerk's check: the signature, then the live answers, WeChat's among them. Whatever is not a
 * genuine receipt of the clerk's own biller is `foreign`, with the reason.
 */
export async function checkReceipt(
  ports: Ports,
  staff: StaffMember,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  if (request.code === undefined && request.receiptNumber === undefined) {
    return refuse<typeof call>('nothing-to-check')
  }
  const signed =
    request.code === undefined ? undefined : readReceipt(request.code, ports.receipts.publicKeys)
  if (signed !== undefined && !signed.ok) return foreign(ports, signed.reason)
  const number = signed?.body.number ?? typedReceiptNumber(request.receiptNumber ?? '')
  const record = await receiptByNumber(ports.database, number)
  if (record === undefined) return foreign(ports, 'unknown-number')
  if (record.billerId !== staff.billerId) return foreign(ports, 'other-biller')
  const now = ports.now()
  await writeAudit(ports.database, {
    subjectId: record.paymentId,
    auditId: newAuditId(ports, `check:${record.itemNo}`),
    at: now,
    actor: staff.staffId,
    act: 'check-receipt',
  })
  return done<typeof call>({
    verdict: verdictOf(record),
    receipt: await checked(ports, record),
    asOf: now,
  })
}

function foreign(ports: Ports, why: NonNullable<Reply['why']>): Outcome<typeof call> {
  return done<typeof call>({ verdict: 'foreign', why, asOf: ports.now() })
}

function verdictOf(record: ReceiptRecord): Reply['verdict'] {
  if (record.refundedFen > 0) return 'refunded'
  if (record.state === 'rejected' || record.state === 'undone') return 'returning'
  if (record.credit === 'duplicate' || record.isReturning) return 'returning'
  if (record.state !== 'posted') return 'unposted'
  return record.printedAt === null ? 'posted' : 'printed'
}

async function checked(
  ports: Ports,
  record: ReceiptRecord,
): Promise<NonNullable<Reply['receipt']>> {
  const account = await findAccount(ports.database, ports.personalData, record.accountId)
  if (account === undefined)
    throw new Error(`law 5: receipt ${record.receiptNumber} has no account`)
  const manifest = knownBiller(ports, record.billerId)
  const until = undoUntil(record, record.issuedAt, ports.now())
  return {
    receiptNumber: record.receiptNumber,
    billerId: record.billerId,
    billerName: manifest.names,
    service: manifest.service,
    accountTail: account.accountNumber.slice(-4),
    holder: maskName(account.holder),
    month: record.month,
    principal: record.principalFen,
    lateFee: record.lateFeeFen,
    amount: record.amountFen,
    paidAt: record.paidAt,
    dueOn: record.dueOn,
    daysLate: Math.max(0, daysBetween(record.dueOn, dateOf(record.paidAt))),
    transactionTail: record.transactionId.slice(-4),
    wechat: await askWeChat(ports, record),
    state: record.state,
    duplicate: record.credit === 'duplicate',
    refunded: record.refundedFen,
    ...(until === undefined ? {} : { undoUntil: until }),
    ...(verdictOf(record) === 'unposted'
      ? { finalBy: postingTimes(manifest, record.issuedAt, record).latestBy }
      : {}),
    ...(record.postingNumber === null ? {} : { postingNumber: record.postingNumber }),
    ...(record.postedAt === null ? {} : { postedAt: record.postedAt }),
    ...(record.printedAt === null ? {} : { printedAt: record.printedAt }),
    ...(record.printedBy === null
      ? {}
      : { printedBy: await staffName(ports.database, record.printedBy) }),
  }
}

/** WeChat's own word of this minute; a clerk is not kept waiting when WeChat does not answer. */
async function askWeChat(
  ports: Ports,
  record: ReceiptRecord,
): Promise<'paid' | 'not-paid' | 'not-asked'> {
  const dossier = await findDossier(ports.database, record.paymentId)
  if (dossier === undefined) return 'not-asked'
  try {
    const fact = await ports.weChatPay.query(wechatOrder(ports, dossier))
    return fact.state === 'paid' ? 'paid' : 'not-paid'
  } catch (error) {
    noteFault(ports, { event: 'ask-receipt', paymentId: record.paymentId }, error)
    return 'not-asked'
  }
}
