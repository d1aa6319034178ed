import { View } from '@tarojs/components'
import { useState } from 'react'
import { formatQuantity } from '../../../../core/quantity'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { sayMonth } from '../../../client/say-moment'
import { ACCOUNT_WORDS } from '../../../client/words/account'
import { SHELL_WORDS } from '../../../client/words/shell'
import { Segment } from '../../../ui/segment'
import { UsageChart } from '../../../ui/usage-chart'
import type { AccountReply } from './account-reply'
import { usageBars } from './usage-bars'

/** Use per month with last year beside it, and what the next bill may be. */
export function Usage({ reply }: { reply: AccountReply }) {
  const { language } = useModes()
  const words = useWords(ACCOUNT_WORDS)
  const shell = useWords(SHELL_WORDS)
  const [months, setMonths] = useState<'12' | '24'>('12')
  const bars = usageBars(reply)
  if (bars.length === 0) return null
  const unit = shell.units[reply.unit]
  const shown = months === '24' ? bars : bars.filter((bar) => !bar.isOld)
  const read = shown.filter((bar) => bar.text !== '')
  const byUse = [...read].sort((one, other) => one.use - other.use)
  const range = words.chart(shown.length, byUse[0]?.text ?? '', byUse.at(-1)?.text ?? '', unit)
  const missing = shown.length - read.length
  const { forecast } = reply
  return (
    <View className="card">
      <View className="spread middle">
        <View className="h3">{words.monthly(shell.services[reply.account.service], unit)}</View>
        <Segment
          options={[
            { value: '12', text: words.months(12) },
            { value: '24', text: words.months(24) },
          ]}
          chosen={months}
          onChoose={setMonths}
        />
      </View>
      <UsageChart
        bars={bars}
        months={months}
        label={missing === 0 ? range : `${range}${words.missing(missing)}`}
      />
      <View className="lg">
        <View className="key">
          <View className="dot now" />
          {words.thisYear}
        </View>
        {months === '12' ? (
          <View className="key">
            <View className="dot before" />
            {words.lastYear}
          </View>
        ) : null}
        <View className="key">
          <View className="dot guess" />
          {words.estimated}
        </View>
      </View>
      {forecast === undefined ? null : (
        <>
          <View className="hr" />
          <View className="b">
            {words.forecast(
              sayMonth(forecast.month)[language],
              formatQuantity(forecast.usage),
              unit,
              forecast.amount,
            )}
          </View>
          <View className="sub">{words.forecastNote}</View>
        </>
      )}
    </View>
  )
}
