import { type Fen, fen, roundedShare } from './money'
import { addDays, addMonths, type DateText, daysBetween, type MonthText } from './time'

/** What is added for paying late. The same shapes as the published rules. */
export type LateFeeRule = {
  id: string
  perTenThousandADay: number
  /** The last day without a fee. */
  anchor:
    | { kind: 'due-date' }
    | { kind: 'days-after-notice'; days: number }
    | { kind: 'day-of-next-month'; day: number }
  /** A fee below this is lifted to it. */
  minimumFen: number
  cap: 'none' | 'principal'
}

export type LateFeeFacts = {
  principal: Fen
  dueOn: DateText
  noticeOn: DateText
  billMonth: MonthText
}

/** The fee on a day: rate × principal × days late, rounded half-up once, then floor and cap. */
export function lateFeeOn(rule: LateFeeRule | undefined, facts: LateFeeFacts, on: DateText): Fen {
  if (rule === undefined) return fen(0)
  const days = daysBetween(lastFreeDay(rule, facts), on)
  if (days <= 0 || facts.principal <= 0) return fen(0)
  const grown = roundedShare(facts.principal, rule.perTenThousandADay * days, 10_000)
  const lifted = Math.max(grown, rule.minimumFen)
  return fen(rule.cap === 'principal' ? Math.min(lifted, facts.principal) : lifted)
}

/** The last day on which the bill costs its principal only. */
export function lastFreeDay(rule: LateFeeRule, facts: LateFeeFacts): DateText {
  const { anchor } = rule
  switch (anchor.kind) {
    case 'due-date':
      return facts.dueOn
    case 'days-after-notice':
      return addDays(facts.noticeOn, anchor.days)
    case 'day-of-next-month':
      return `${addMonths(facts.billMonth, 1)}-${String(anchor.day).padStart(2, '0')}`
  }
}
