import type { ReplyOf, RequestOf } from '../../contract/call'
import type { listReceipts as call } from '../../contract/list-receipts'
import { derivePaymentId } from '../postgres/personal-data'
import { type ReceiptPageAfter, type ReceiptRecord, receiptsOf } from '../postgres/receipts'
import { type Binding, bindingsOf } from '../postgres/residents'
import { fromCursor, toCursor } from './cursor'
import { knownBiller } from './known-biller'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'

const PAGE = 20

/** The resident's receipts, newest first. Refusal: bad-cursor. */
export async function listReceipts(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const after = request.after === undefined ? undefined : placeOf(request.after)
  if (request.after !== undefined && after === undefined) return refuse<typeof call>('bad-cursor')
  const paymentId =
    request.paymentId && derivePaymentId(ports.personalData, caller.openid, request.paymentId)
  const [records, bindings] = await Promise.all([
    receiptsOf(ports.database, { openid: caller.openid, paymentId, after, most: PAGE + 1 }),
    bindingsOf(ports.database, caller.openid),
  ])
  const shown = records.slice(0, PAGE)
  const rows = shown.map((record) => row(ports, record, bindings))
  const last = shown.at(-1)
  if (records.length <= PAGE || last === undefined) return done<typeof call>({ rows })
  return done<typeof call>({ rows, next: toCursor([last.issuedAt, last.paymentId, last.itemNo]) })
}

function row(
  ports: Ports,
  record: ReceiptRecord,
  bindings: readonly Binding[],
): ReplyOf<typeof call>['rows'][number] {
  const manifest = knownBiller(ports, record.billerId)
  const binding = bindings.find((one) => one.accountId === record.accountId)
  return {
    receiptNumber: record.receiptNumber,
    paymentId: record.phonePaymentId,
    billerName: manifest.names,
    service: manifest.service,
    label: binding?.label ?? '',
    household: binding?.household ?? '',
    month: record.month,
    amount: record.amountFen,
    paidAt: record.paidAt,
    state: record.state,
  }
}

function placeOf(cursor: string): ReceiptPageAfter | undefined {
  const [settledAt, paymentId, itemNo] = fromCursor(cursor, 3) ?? []
  if (typeof settledAt !== 'number' || typeof paymentId !== 'string' || typeof itemNo !== 'number')
    return undefined
  return { settledAt, paymentId, itemNo }
}
