import { fen } from '../../core/money'
import { type DifferenceReason, nextFileAt, type SafeAction } from '../../core/reconciliation'
import { addDays, type Instant } from '../../core/time'
import { findFile } from '../postgres/daily-files'
import {
  type Difference,
  type DifferenceFacts,
  openDifferences,
  type ToldDifference,
  tellDifference,
} from '../postgres/differences'
import { recordPostedAgain } from '../postgres/outbox'
import { findDossier } from '../postgres/payment-dossiers'
import { settledItems } from '../postgres/payments'
import { refundsOf, type StoredRefund } from '../postgres/refunds'
import { settleWhatWasPaid } from './ask-payment'
import { inLanes } from './in-lanes'
import { noteFault } from './note-fault'
import type { Ports } from './ports'
import { postingOf } from './post-item'
import { runTasksOf } from './run-tasks'
import { takeInForeignRefund } from './take-in-refund'
import { takeRefundFact } from './take-refund-fact'
import { wechatOrder } from './wechat-order'

const MOST = 1_000
/** Tried for a day or so; then a person has it. */
const TRIES = 24
const HOUR_MS = 3_600_000

/** How far an action came: ended, to be tried again, or for a person; what can be done in the end is tried for ever. */
type Told = { state: 'done' | 'person' | 'open'; outcome: string; isSure?: boolean }

/** Carries out the safe actions of open differences; gives how many were begun. */
export async function settleDifferences(ports: Ports, until: Instant): Promise<number> {
  const open = await openDifferences(ports.database, ports.now(), MOST)
  return inLanes(
    open,
    () => ports.now() >= until,
    (difference) => settle(ports, difference),
  )
}

async function settle(ports: Ports, difference: Difference): Promise<void> {
  const told = await ACTIONS[difference.action](ports, difference).catch((error: unknown): Told => {
    const where = { event: 'settle-difference', paymentId: difference.paymentId }
    const { errorId } = noteFault(ports, where, error)
    return { state: 'open', outcome: `fault ${errorId}` }
  })
  const now = ports.now()
  await tellDifference(ports.database, difference, next(difference, told, now), now)
}

/** What is still open is put off; after so many tries a person has it. */
function next(difference: Difference, told: Told, now: Instant): ToldDifference {
  const { state, outcome, isSure = false } = told
  if (state !== 'open') return { state, outcome }
  if (difference.action === 'wait') return { state, outcome, nextAt: now + HOUR_MS }
  const tries = difference.attempts + 1
  return tries >= TRIES && !isSure
    ? { state: 'person', outcome }
    : { state, outcome, nextAt: nextFileAt(now, tries) }
}

const OF_REFUNDS: readonly DifferenceReason[] = ['refund-not-seen', 'refund-unknown']

const ACTIONS: Record<SafeAction, (ports: Ports, difference: Difference) => Promise<Told>> = {
  ask: (ports, difference) => {
    if (difference.source === 'postings') return finishPosting(ports, difference)
    return OF_REFUNDS.includes(difference.reason)
      ? askAboutRefund(ports, difference)
      : askAboutOrder(ports, difference)
  },
  refund: askAboutOrder,
  'post-again': (ports, difference) =>
    difference.reason === 'ours-only'
      ? postAgain(ports, difference)
      : finishPosting(ports, difference),
  wait: async (ports, difference) =>
    (await areNeighboursMatched(ports, difference))
      ? { state: 'person', outcome: 'the other day has it not either' }
      : { state: 'open', outcome: 'the other day is not matched yet' },
  person: async () => ({ state: 'person', outcome: '' }),
}

/** Midnight's other sides: the day after has its file matched, and so has the day before, if it ever had one. */
async function areNeighboursMatched(
  ports: Ports,
  { ownerId, source, day }: Difference,
): Promise<boolean> {
  const [before, after] = await Promise.all(
    [-1, 1].map((days) => findFile(ports.database, { ownerId, source, day: addDays(day, days) })),
  )
  return (before === undefined || before.state === 'matched') && after?.state === 'matched'
}

/**
 * WeChat's own word on an order: what it was paid for is settled, posted, or given back where the bill
 * was paid by somebody else. What it proves although its file lacks it, a person takes up with WeChat.
 */
async function askAboutOrder(ports: Ports, { paymentId, reason }: Difference): Promise<Told> {
  const dossier = await findDossier(ports.database, paymentId)
  if (dossier === undefined) return { state: 'person', outcome: 'the payment is unknown' }
  const state = await settleWhatWasPaid(ports, dossier)
  if (reason === 'ours-only') {
    return state === 'paid'
      ? { state: 'person', outcome: 'WeChat confirms the payment that its file lacks' }
      : { state: 'person', outcome: `WeChat says ${state} of what we settled` }
  }
  if (state !== 'paid') return { state: 'open', outcome: `WeChat says ${state}` }
  await runTasksOf(ports, paymentId)
  return { state: 'done', outcome: 'settled by WeChat’s word' }
}

/** WeChat's own word on a refund, of ours or made past us. */
async function askAboutRefund(ports: Ports, { paymentId, facts }: Difference): Promise<Told> {
  const dossier = await findDossier(ports.database, paymentId)
  const refunds = await refundsOf(ports.database, paymentId)
  // One that was withdrawn, and that WeChat has all the same, is as if made past us.
  const refund = refunds.find((one) => one.refundNumber === facts.about && one.state !== 'declined')
  if (dossier === undefined) return { state: 'person', outcome: 'the payment is unknown' }
  if (refund === undefined) return takeIn(ports, paymentId, facts)
  if (refund.state === 'approved') {
    await runTasksOf(ports, paymentId)
    const [after] = (await refundsOf(ports.database, paymentId)).filter(
      (one) => one.refundNumber === facts.about,
    )
    return after?.sentAt == null
      ? { state: 'open', outcome: 'not sent yet' }
      : { state: 'done', outcome: 'known now' }
  }
  const item = dossier.items.find((one) => one.itemNo === refund.itemNo)
  const share = dossier.orders.find((one) => one.orderNo === item?.orderNo)
  if (share?.transactionId == null) return { state: 'person', outcome: 'a refund of nothing paid' }
  const fact = await ports.weChatPay.queryRefund(wechatOrder(ports, dossier), {
    refundNumber: refund.refundNumber,
    orderNumber: share.orderNumber,
    transactionId: share.transactionId,
    amount: refund.amountFen,
    reason: refund.reason,
  })
  if (fact === undefined) return { state: 'person', outcome: 'WeChat does not know the refund' }
  const taken = await takeRefundFact(ports, fact)
  return taken === 'unknown-refund' || taken === 'other-amount'
    ? { state: 'person', outcome: `WeChat says ${fact.state}, of what our books do not have so` }
    : { state: 'done', outcome: `WeChat says ${fact.state}` }
}

/** The payment may be settled, its posting ended, or a refund of ours in its way be refused or withdrawn. */
const WAITS: readonly string[] = ['not-paid', 'posting-unknown', 'too-much']

/** Somebody gave money back on the merchant platform: WeChat's word on it goes into our books. */
async function takeIn(ports: Ports, paymentId: string, facts: DifferenceFacts): Promise<Told> {
  // The line of the trade file.
  const line = facts.wallet as { order_number?: string; amount_fen?: number } | null
  const { answer, isCredited } = await takeInForeignRefund(ports, {
    paymentId,
    refundNumber: facts.about,
    orderNumber: line?.order_number ?? '',
    amount: fen(line?.amount_fen ?? 0),
  })
  if (WAITS.includes(answer))
    return {
      state: 'open',
      outcome: `cannot be taken in yet: ${answer}`,
      isSure: answer !== 'not-paid',
    }
  if (answer === 'closed') return { state: 'done', outcome: 'WeChat closed it' }
  if (answer !== 'taken' && answer !== 'before')
    return { state: 'person', outcome: `cannot be taken in: ${answer}` }
  return isCredited
    ? { state: 'done', outcome: 'taken in; its biller’s credit is on a person’s list' }
    : { state: 'done', outcome: 'taken in' }
}

/** An open posting is finished by the biller's word: its task asks before it tells. */
async function finishPosting(ports: Ports, { paymentId, facts }: Difference): Promise<Told> {
  await runTasksOf(ports, paymentId)
  const items = await settledItems(ports.database, paymentId)
  const item = items.find((one) => one.itemNo === facts.itemNo)
  return item?.state === 'posted'
    ? { state: 'done', outcome: 'posted by the biller’s word' }
    : { state: 'open', outcome: `the item is ${item?.state ?? 'unknown'}` }
}

/** What was neither closed nor declined, or made the biller take its credit back: all of it is not to be credited again. */
function mayHaveGoneBack({ state, reversedAt }: StoredRefund): boolean {
  return reversedAt !== null || (state !== 'closed' && state !== 'declined')
}

/**
 * The biller lost what it had credited: it is asked, and told again under the same posting id; its number of it may be
 * another then. Where money of it goes back a person decides.
 */
async function postAgain(ports: Ports, { paymentId, facts }: Difference): Promise<Told> {
  const items = await settledItems(ports.database, paymentId)
  const item = items.find((one) => one.itemNo === facts.itemNo)
  if (item?.state !== 'posted')
    return { state: 'person', outcome: 'the item is not posted any more' }
  const refunds = await refundsOf(ports.database, paymentId)
  if (refunds.some((refund) => refund.itemNo === item.itemNo && mayHaveGoneBack(refund)))
    return { state: 'person', outcome: 'some of it goes back, or the biller took its credit back' }
  const biller = ports.billers.adapter(item.billerId)
  const posting = await postingOf(ports, item, facts.about)
  const status = await biller.postingStatus(posting.postingId)
  const outcome = status.state === 'absent' ? await biller.post(posting) : status
  if (outcome.state === 'rejected')
    return { state: 'person', outcome: `the biller says ${outcome.code}` }
  await recordPostedAgain(ports.database, item, outcome.postingNumber, ports.now())
  return {
    state: 'done',
    outcome: status.state === 'absent' ? 'posted again' : 'the biller has it',
  }
}
