import type { PaymentItem, TrailStep } from '../../../../contract/get-payment'
import { clockSecondsOf, dateOf, type Instant } from '../../../../core/time'
import { sayDate, sayMoment } from '../../../client/say-moment'
import type { RESULT_WORDS } from '../../../client/words/result'
import type { TrailStepView } from '../../../ui/trail'

type ResultWords = (typeof RESULT_WORDS)['zh']
type Speech = { language: 'zh' | 'en'; words: ResultWords; now: Instant }

/** The facts of an item with their times, then what is awaited and by when. */
export function trailSteps(
  item: PaymentItem,
  language: 'zh' | 'en',
  words: ResultWords,
  now: Instant,
): TrailStepView[] {
  const name = item.billerName[language]
  return item.trail.flatMap((step, index) => {
    const shown = stepView(step, item, { language, words, now })
    const time = timeOf(step, language, words, now)
    const one = { key: `${step.kind}${index}`, ...shown, ...(time === undefined ? {} : { time }) }
    return step.late === true && step.kind === 'posted' && item.finalBy !== undefined
      ? [
          one,
          {
            key: 'latest',
            state: 'next' as const,
            what: words.latest,
            time: words.by(sayMoment(item.finalBy, now)[language]),
            note: words.latestHint(name, item.amount),
          },
        ]
      : [one]
  })
}

function stepView(
  step: TrailStep,
  item: PaymentItem,
  { language, words, now }: Speech,
): Pick<TrailStepView, 'state' | 'what' | 'note'> {
  const name = item.billerName[language]
  const isDone = step.at !== undefined
  const state = isDone ? 'done' : 'waiting'
  switch (step.kind) {
    case 'wechat':
      return { state, what: words.trail.wechat }
    case 'settled':
      return { state, what: words.trail.settled }
    case 'posted':
      if (isDone) {
        const number = item.postingNumber
        return {
          state,
          what: words.trail.posted(name),
          ...(number === undefined ? {} : { note: words.postingNumber(number) }),
        }
      }
      return step.late === true
        ? { state: 'late', what: words.trail.notPosted(name), note: words.lateHint }
        : {
            state,
            what: words.trail.posting(name),
            ...(item.undoUntil === undefined
              ? {}
              : { note: words.undoHint(sayMoment(item.undoUntil, now)[language]) }),
          }
    case 'rejected':
      return {
        state: 'refused',
        what: words.trail.rejected(name),
        note: words.rejectedHint(item.amount),
      }
    case 'duplicate':
      return {
        state: 'refused',
        what: words.trail.duplicate,
        note: words.duplicateHint(item.amount),
      }
    case 'undone':
      return { state, what: words.trail.undone, note: words.undoneHint(item.amount) }
    case 'refund-asked':
      return { state, what: words.trail.refundAsked(step.amount ?? item.amount) }
    case 'reversed':
      return isDone
        ? { state, what: words.trail.reversed(name) }
        : { state, what: words.trail.toReverse(name), note: words.reverseHint }
    case 'refund-sent':
      return isDone
        ? { state, what: words.trail.refundSent, note: words.refundSentHint }
        : { state, what: words.trail.toRefund }
    case 'refund-arrived':
      return isDone
        ? {
            state,
            what: words.trail.refundArrived(step.amount ?? item.amount),
            note: step.where ?? '',
          }
        : { state, what: words.trail.toArrive }
    case 'refund-failed':
      return { state: 'late', what: words.trail.refundFailed }
    case 'person':
      return { state: 'late', what: words.trail.person, note: words.personHint }
    case 'matched':
      return isDone
        ? { state, what: words.trail.matched }
        : {
            state: step.late === true ? 'late' : state,
            what: words.trail.toMatch,
            note: step.late === true ? words.matchLateHint : words.matchHint(name),
          }
  }
}

function timeOf(
  step: TrailStep,
  language: 'zh' | 'en',
  words: ResultWords,
  now: Instant,
): string | undefined {
  if (step.at !== undefined) {
    const clock = clockSecondsOf(step.at)
    return dateOf(step.at) === dateOf(now)
      ? clock
      : `${sayDate(dateOf(step.at))[language]} ${clock}`
  }
  return step.expectedBy === undefined
    ? undefined
    : words.by(sayMoment(step.expectedBy, now)[language])
}
