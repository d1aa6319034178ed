import { z } from 'zod'
import type { ReplyOf, RequestOf } from '../../contract/call'
import type { listReceipts as call } from '../../contract/list-receipts'
import { idSchema } from '../../contract/scalars'
import { derivePaymentId } from '../postgres/personal-data'
import { type ReceiptRecord, receiptsOf } from '../postgres/receipts'
import { type Binding, bindingsOf } from '../postgres/residents'
import { fromCursor, toCursor } from './cursor'
import { knownBiller } from './known-biller'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'

const PAGE = 20
/** The last moment and the highest number that the database can read. */
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59Z')
const MOST_ITEMS = 2_147_483_647
const PLACE = z.tuple([
  z.number().int().min(0).max(LAST_INSTANT),
  idSchema,
  z.number().int().min(0).max(MOST_ITEMS),
])

/** The resident's receipts, newest first. Refusal: bad-cursor. */
export async function listReceipts(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const after = request.after === undefined ? undefined : fromCursor(request.after, PLACE)
  if (request.after !== undefined && after === undefined) return refuse<typeof call>('bad-cursor')
  const paymentId =
    request.paymentId && derivePaymentId(ports.personalData, caller.openid, request.paymentId)
  const [records, bindings] = await Promise.all([
    receiptsOf(ports.database, {
      openid: caller.openid,
      paymentId,
      accountId: request.accountId,
      after: after && { settledAt: after[0], paymentId: after[1], itemNo: after[2] },
      most: PAGE + 1,
    }),
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
    duplicate: record.credit === 'duplicate',
    refunded: record.refundedFen,
  }
}
