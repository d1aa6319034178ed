import { formatQuantity } from '../../../../core/quantity'
import { addMonths } from '../../../../core/time'
import type { UsageBar } from '../../../ui/usage-chart'
import type { AccountReply } from './account-reply'

/**
 * The bars of the last `months` months, oldest first, each with the same month a year before where
 * it is known, and the estimate behind them. A month without a reading is missing, never zero.
 */
export function usageBars(reply: AccountReply, months: 12 | 24): UsageBar[] {
  const usedIn = new Map(reply.usage.map((one) => [one.month, one.usage]))
  const bar = (month: string, usage: number, text: string, estimated: boolean): UsageBar => {
    const lastYear = months === 12 ? usedIn.get(addMonths(month, -12)) : undefined
    return {
      key: month,
      tick: String(Number(month.slice(5))),
      use: usage,
      ...(lastYear === undefined ? {} : { lastYear }),
      estimated,
      text,
    }
  }
  const bars = reply.usage
    .slice(-months)
    .map((one) => bar(one.month, one.usage, formatQuantity(one.usage), one.estimated))
  const { forecast } = reply
  return forecast === undefined || months === 24
    ? bars
    : [...bars, bar(forecast.month, forecast.usage, formatQuantity(forecast.usage), true)]
}
