import { type Quantity, quantity } from './quantity'
import { addDays, addMonths, type DateText, daysBetween, type MonthText } from './time'

/** A period's use, as bills carry it. */
export type MonthUse = { month: MonthText; readOn: DateText; usage: Quantity; usedBefore: Quantity }

/** What has been used since the steps last began anew, as of a day: the latest bill's sum. */
export function usedInPeriod(
  resets: 'year' | 'month',
  on: DateText,
  bills: readonly MonthUse[],
): Quantity {
  const latest = bills[0]
  if (latest === undefined) return quantity(0)
  if (resets === 'month') return latest.usage
  return latest.readOn.slice(0, 4) === on.slice(0, 4)
    ? quantity(latest.usedBefore + latest.usage)
    : quantity(0)
}

/** From this much more than the same month last year the resident is asked to look for a leak. */
const SPIKE_PERCENT = 40

/** How many per cent more than the same month last year; undefined below the mark. */
export function spikePercent(bills: readonly MonthUse[]): number | undefined {
  const latest = bills[0]
  const before = latest && bills.find((bill) => bill.month === addMonths(latest.month, -12))
  if (latest === undefined || before === undefined || before.usage === 0) return undefined
  const percent = Math.round(((latest.usage - before.usage) * 100) / before.usage)
  return percent >= SPIKE_PERCENT ? percent : undefined
}

/** The day around which the meter is read again, as far apart as last time; never a day that passed. */
export function nextReadingOn(bills: readonly MonthUse[], today: DateText): DateText | undefined {
  const [latest, before] = bills
  if (latest === undefined || before === undefined) return undefined
  const next = addDays(latest.readOn, daysBetween(before.readOn, latest.readOn))
  return next > today ? next : undefined
}

/**
 * What a month may use: the same month last year, moved by how the last three months stand to
 * theirs. Undefined without a year of bills.
 */
export function forecastUsage(month: MonthText, bills: readonly MonthUse[]): Quantity | undefined {
  const usedIn = (wanted: MonthText) => bills.find((bill) => bill.month === wanted)?.usage
  const lastYear = usedIn(addMonths(month, -12))
  if (lastYear === undefined) return undefined
  let recent = 0
  let recentLastYear = 0
  for (const back of [1, 2, 3]) {
    const now = usedIn(addMonths(month, -back))
    const then = usedIn(addMonths(month, -back - 12))
    if (now === undefined || then === undefined) continue
    recent += now
    recentLastYear += then
  }
  if (recentLastYear === 0) return lastYear
  const whole = Math.round((lastYear * recent) / recentLastYear / 100)
  return quantity(whole * 100)
}
