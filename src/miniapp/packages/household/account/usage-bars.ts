import { formatQuantity } from '../../../../core/quantity'
import { addMonths } from '../../../../core/time'
import type { UsageBar } from '../../../ui/usage-chart'
import type { AccountReply } from './account-reply'

const RECENT_MONTHS = 12

/**
 * A bar per month, oldest first, those of the last twelve with the same month a year before, and the
 * estimate behind them. A month without a reading is missing, never zero.
 */
export function usageBars({ usage, forecast }: AccountReply): UsageBar[] {
  const usedIn = new Map(usage.map((one) => [one.month, one.usage]))
  const next =
    forecast === undefined
      ? []
      : [{ month: forecast.month, usage: forecast.usage, estimated: true }]
  return [...usage, ...next].map(({ month, usage: used, estimated }, index) => {
    const isOld = index < usage.length - RECENT_MONTHS
    const lastYear = isOld ? undefined : usedIn.get(addMonths(month, -12))
    return {
      key: month,
      tick: String(Number(month.slice(5))),
      use: used,
      ...(lastYear === undefined ? {} : { lastYear }),
      isOld,
      estimated,
      text: formatQuantity(used),
    }
  })
}
