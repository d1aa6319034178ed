import { formatQuantity } from '../../../../core/quantity'
import { addMonths, type MonthText } from '../../../../core/time'
import type { UsageBar } from '../../../ui/usage-chart'
import type { AccountReply } from './account-reply'

const RECENT_MONTHS = 12
const MONTHS_SHOWN = 24

/**
 * A bar per month, oldest first, those of the last twelve with the same month a year before, and the
 * estimate behind them. A month without a reading keeps its place and has no text: it is not zero.
 */
export function usageBars({ usage, forecast }: AccountReply): UsageBar[] {
  const readings = new Map(usage.map((one) => [one.month, one]))
  const newest = usage.at(-1)?.month
  const months = newest === undefined ? [] : monthsUpTo(newest, usage[0]?.month ?? newest)
  const next = forecast === undefined ? [] : [forecast.month]
  return [...months, ...next].map((month) => {
    const reading =
      month === forecast?.month ? { ...forecast, estimated: true } : readings.get(month)
    const isOld = newest !== undefined && month <= addMonths(newest, -RECENT_MONTHS)
    const lastYear = isOld ? undefined : readings.get(addMonths(month, -12))?.usage
    return {
      key: month,
      tick: String(Number(month.slice(5))),
      use: reading?.usage ?? 0,
      ...(lastYear === undefined ? {} : { lastYear }),
      isOld,
      estimated: reading?.estimated ?? false,
      text: reading === undefined ? '' : formatQuantity(reading.usage),
    }
  })
}

/** Every month from the oldest on, at most two years. */
function monthsUpTo(newest: MonthText, oldest: MonthText): MonthText[] {
  return Array.from({ length: MONTHS_SHOWN }, (_, index) =>
    addMonths(newest, index + 1 - MONTHS_SHOWN),
  ).filter((month) => month >= oldest)
}
