import type { TrailStep } from '../../contract/get-payment'
import { sumFen } from '../../core/money'
import { addDays, dateOf, type Instant, instantAt } from '../../core/time'
import type { Payment, PaymentItem } from '../postgres/payments'
import type { StoredRefund } from '../postgres/refunds'
import { knownBiller } from './known-biller'
import type { Ports } from './ports'
import { postingTimes } from './posting-times'

/** The daily match: WeChat's file is fetched from 10:00 on the next day and matched by 11:00. */
const MATCHED_BY = '11:00'

/** An item's dated facts first, then the steps that are awaited, each with its hour where one is known. */
export function moneyTrail(
  ports: Ports,
  payment: Payment,
  item: PaymentItem,
  { refunds, matchedAt }: { refunds: readonly StoredRefund[]; matchedAt?: Instant | undefined },
): TrailStep[] {
  if (payment.paidAt === null || payment.settledAt === null) return []
  const facts: TrailStep[] = [
    { kind: 'wechat', at: payment.paidAt },
    { kind: 'settled', at: payment.settledAt },
  ]
  const back = refundsSteps(item, refunds)
  const awaited: TrailStep[] = back.length === 0 ? [{ kind: 'refund-sent' }] : back
  if (item.state === 'rejected' && item.rejectedAt !== null)
    return [...facts, { kind: 'rejected', at: item.rejectedAt }, ...awaited]
  if (item.state === 'undone' && item.undoneAt !== null)
    return [...facts, { kind: 'undone', at: item.undoneAt }, ...awaited]
  if (item.credit === 'duplicate') {
    const [first] = refunds
    const noticedAt = first === undefined ? {} : { at: first.requestedAt }
    return [...facts, { kind: 'duplicate', ...noticedAt }, ...awaited]
  }
  if (item.credit === 'not-due' && back.length === 0) return [...facts, { kind: 'person' }]
  const matched = matchedStep(ports, Math.max(payment.paidAt, item.postedAt ?? 0), matchedAt)
  if (item.state === 'posted' && item.postedAt !== null)
    return [...facts, { kind: 'posted', at: item.postedAt }, matched, ...back]
  if (back.length > 0) return [...facts, ...back]
  const expectedBy = postingTimes(
    knownBiller(ports, item.billerId),
    payment.settledAt,
    item,
  ).usualBy
  return [...facts, { kind: 'posted', expectedBy, late: ports.now() > expectedBy }, matched]
}

/** The fourth fact, or by when it is awaited: the day after the money came, or the credit if that was later. */
function matchedStep(ports: Ports, since: Instant, matchedAt: Instant | undefined): TrailStep {
  if (matchedAt !== undefined) return { kind: 'matched', at: matchedAt }
  const expectedBy = instantAt(addDays(dateOf(since), 1), MATCHED_BY)
  const now = ports.now()
  if (now <= expectedBy) return { kind: 'matched', expectedBy }
  const today = instantAt(dateOf(now), MATCHED_BY)
  const nextRound = now <= today ? today : instantAt(addDays(dateOf(now), 1), MATCHED_BY)
  return { kind: 'matched', expectedBy: nextRound, late: true }
}

/** The facts of every refund of the item, the first one first; what was declined is no fact of its money. */
function refundsSteps(item: PaymentItem, refunds: readonly StoredRefund[]): TrailStep[] {
  const given = refunds.filter((one) => one.state !== 'declined')
  return given.flatMap((refund, index) => {
    const later = sumFen(given.slice(index + 1).map(({ amountFen }) => amountFen))
    const isReplaced = refund.state === 'closed' && later >= refund.amountFen
    const part = refund.amountFen < item.amountFen ? { amount: refund.amountFen } : {}
    return [...askedSteps(refund), ...givenSteps(refund, isReplaced)].map((step) => ({
      ...step,
      ...part,
    }))
  })
}

/** A person asked for it, another one approves, and the biller takes back what it had credited. */
function askedSteps(refund: StoredRefund): TrailStep[] {
  const asked: TrailStep[] =
    refund.rule === null ? [{ kind: 'refund-asked', at: refund.requestedAt }] : []
  if (!refund.needsReversal) return asked
  return refund.reversedAt === null
    ? [...asked, { kind: 'reversed' }]
    : [...asked, { kind: 'reversed', at: refund.reversedAt }]
}

/** Accepted by WeChat is not yet arrived; what WeChat did not place a person looks at, until it is asked for anew. */
function givenSteps(refund: StoredRefund, isReplaced: boolean): TrailStep[] {
  if (refund.sentAt === null)
    return refund.needsReversal && refund.reversedAt === null ? [] : [{ kind: 'refund-sent' }]
  const sent: TrailStep = { kind: 'refund-sent', at: refund.sentAt }
  if (refund.state === 'done' && refund.finishedAt !== null) {
    const where = refund.arrivedIn === null ? {} : { where: refund.arrivedIn }
    return [sent, { kind: 'refund-arrived', at: refund.finishedAt, ...where }]
  }
  if (refund.finishedAt === null) return [sent, { kind: 'refund-arrived' }]
  const failed: TrailStep = { kind: 'refund-failed', at: refund.finishedAt }
  return isReplaced ? [sent, failed] : [sent, failed, { kind: 'person' }]
}
