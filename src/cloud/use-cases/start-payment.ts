import { createHash } from 'node:crypto'
import type { RequestOf } from '../../contract/call'
import type { startPayment as call } from '../../contract/start-payment'
import { sumFen } from '../../core/money'
import type { OrderPlan } from '../../core/order-plan'
import { isPaymentId, orderNumber } from '../../core/payment-id'
import { receiptNumber } from '../../core/receipt/receipt-number'
import { dateOf } from '../../core/time'
import { nextAskAt } from '../../core/waits'
import { firstRefusal } from '../../core/why-not-payable'
import { type PaymentToStart, type StartAnswer, startPaymentRow } from '../postgres/payment-writes'
import { accountsPaidBefore, findPayment } from '../postgres/payments'
import { derivePaymentId } from '../postgres/personal-data'
import { askExpiredHolders } from './ask-expired-holders'
import { notPayable } from './not-payable'
import { openOrder } from './open-order'
import { type Outcome, refuse } from './outcome'
import { type PayableBill, payableBills } from './payable-bills'
import { heldUntil, keyOf, planPayments } from './plan-payments'
import type { Caller, Ports } from './ports'
import { undoMinutesOf } from './undo-minutes'

const ITEMS_MAX = 12

type Request = RequestOf<typeof call>

/**
 * Starts a payment, or finds the one that this phone started under the same id. Refusals in order:
 * bad-payment-id, too-many-items, different-contents, not-found, suspended, already-paid, being-paid,
 * closed-window, amount-changed, cannot-join. Nothing at WeChat is called while the
 * bills are being locked. Throws WeChatPayFault when ordering fails; the same call may be repeated.
 */
export async function startPayment(
  ports: Ports,
  caller: Caller,
  request: Request,
): Promise<Outcome<typeof call>> {
  if (!isPaymentId(request.paymentId)) return refuse<typeof call>('bad-payment-id')
  if (request.items.length > ITEMS_MAX) return refuse<typeof call>('too-many-items')
  const paymentId = derivePaymentId(ports.personalData, caller.openid, request.paymentId)
  const before = await foundBefore(ports, paymentId, request)
  if (before !== undefined) return before
  const outcome = await startNow(ports, caller, { paymentId, request })
  if (outcome.ok) return outcome
  // Its bills may be held by this very payment, which the phone’s other call has just started.
  return (await foundBefore(ports, paymentId, request)) ?? outcome
}

/** What became of a payment that is there already; undefined of one that is not. */
async function foundBefore(
  ports: Ports,
  paymentId: string,
  request: Request,
): Promise<Outcome<typeof call> | undefined> {
  const before = await findPayment(ports.database, paymentId)
  if (before === undefined) return undefined
  return before.digest === digestOf(request)
    ? openOrder(ports, paymentId)
    : refuse<typeof call>('different-contents')
}

async function startNow(
  ports: Ports,
  caller: Caller,
  { paymentId, request }: { paymentId: string; request: Request },
): Promise<Outcome<typeof call>> {
  await askExpiredHolders(ports, request.items)
  const payables = await payableBills(ports, caller, request.items)
  if (payables === undefined) return refuse<typeof call>('not-found')
  const refused = refusalOf(ports, request, payables)
  if (refused !== undefined) return refused
  const [planned, ...further] = planPayments(payables)
  if (planned === undefined || further.length > 0) return refuse<typeof call>('cannot-join')
  const answer = await startPaymentRow(
    ports.database,
    toStart(
      ports,
      { caller, paidBefore: await paidBefore(ports, caller, payables) },
      { paymentId, digest: digestOf(request), phonePaymentId: request.paymentId },
      planned,
    ),
    ports.now(),
  )
  return 'refused' in answer ? refusedByDatabase(answer) : openOrder(ports, paymentId)
}

/** The same bills in any order are the same contents; what the phone saw is only compared. */
function digestOf(request: Request): string {
  const bills = request.items.map((item) => `${item.accountId}/${item.billId}`).sort()
  return createHash('sha256').update(bills.join('\n')).digest('hex')
}

/** The weightiest reason among all bills: what cannot be paid at all comes before a changed amount. */
function refusalOf(ports: Ports, request: Request, payables: readonly PayableBill[]) {
  const refused = firstRefusal(
    payables.flatMap(
      (payable, index) => notPayable(ports, payable, request.items[index]?.amountSeen) ?? [],
    ),
  )
  return refused === undefined ? undefined : refuse<typeof call>(refused.reason, refused.details)
}

/** Asked only where a biller lets a first payment be taken back. */
function paidBefore(
  ports: Ports,
  { openid }: Caller,
  payables: readonly PayableBill[],
): Promise<ReadonlySet<string>> | ReadonlySet<string> {
  const undoable = payables.filter(({ manifest }) => manifest.posting.undoMinutes !== undefined)
  const accountIds = undoable.map(({ bill }) => bill.accountId)
  return accountIds.length === 0
    ? new Set<string>()
    : accountsPaidBefore(ports.database, openid, accountIds)
}

type Payer = { caller: Caller; paidBefore: ReadonlySet<string> }

function toStart(
  ports: Ports,
  { caller, paidBefore }: Payer,
  ids: { paymentId: string; digest: string; phonePaymentId: string },
  { plan, bills }: { plan: OrderPlan; bills: readonly PayableBill[] },
): PaymentToStart {
  const expiresAt = heldUntil(ports, bills)
  const orderNoOf = (payable: PayableBill) =>
    1 + plan.groups.findIndex((group) => group.keys.includes(keyOf(payable)))
  const combined = plan.kind === 'combined'
  const today = dateOf(ports.now())
  return {
    ...ids,
    openid: caller.openid,
    mode: plan.mode,
    kind: plan.kind,
    merchantId: plan.initiator,
    orderNumber: orderNumber(ids.paymentId, combined ? 0 : 1),
    amountFen: sumFen(bills.map((payable) => payable.total)),
    expiresAt,
    nextAskAt: nextAskAt(ports.now(), expiresAt, ports.now()),
    orders: plan.groups.map((group, index) => ({
      orderNo: index + 1,
      orderNumber: orderNumber(ids.paymentId, index + 1),
      payeeId: group.payee.mode === 'direct' ? group.payee.mchid : group.payee.subMchid,
      amountFen: sumFen(
        bills
          .filter((payable) => group.keys.includes(keyOf(payable)))
          .map((payable) => payable.total),
      ),
    })),
    items: bills.map((payable, index) => ({
      itemNo: index + 1,
      orderNo: orderNoOf(payable),
      billerId: payable.bill.billerId,
      accountId: payable.bill.accountId,
      accountTail: payable.account.accountNumber.slice(-4),
      billId: payable.bill.billId,
      revision: payable.bill.revision,
      month: payable.bill.month,
      dueOn: payable.bill.dueOn,
      principalFen: payable.principal,
      lateFeeFen: payable.lateFee,
      receiptNumber: receiptNumber(today, receiptBits(ids.paymentId, index + 1)),
      undoMinutes: undoMinutesOf(payable, paidBefore, expiresAt),
    })),
  }
}

/** Derived, so that the number is unique with payment and item. */
function receiptBits(paymentId: string, itemNo: number): Uint8Array {
  return createHash('sha256').update(`${paymentId}/${itemNo}`).digest().subarray(0, 8)
}

/** What changed between reading and locking; the phone asks for a new quote. */
function refusedByDatabase(
  answer: Extract<StartAnswer, { refused: string }>,
): Outcome<typeof call> {
  return refuse<typeof call>(answer.refused, {
    ...(answer.account_id && { accountId: answer.account_id }),
    ...(answer.bill_id && { billId: answer.bill_id }),
  })
}
