import { View } from '@tarojs/components'
import { formatUnitPrice } from '../../../../core/money'
import { formatQuantity } from '../../../../core/quantity'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { sayYearMonth } from '../../../client/say-moment'
import { ACCOUNT_WORDS } from '../../../client/words/account'
import { SHELL_WORDS } from '../../../client/words/shell'
import { TierBar } from '../../../ui/tier-bar'
import type { AccountReply } from './account-reply'

/** The step in one sentence with the distance left, then as a bar. */
export function Tiers({ reply }: { reply: AccountReply }) {
  const { language } = useModes()
  const words = useWords(ACCOUNT_WORDS)
  const shell = useWords(SHELL_WORDS)
  const { tiers, tariff } = reply
  const unit = shell.units[reply.unit]
  const isYear = tariff.resets === 'year'
  const used = formatQuantity(tiers.used)
  const usedText = isYear ? words.usedYear(used, unit) : words.usedMonth(used, unit)
  const left =
    tiers.leftUntilNext === undefined
      ? words.highest
      : words.untilNext(formatQuantity(tiers.leftUntilNext), unit, shell.tier(tiers.current + 1))
  const sentence = words.usedAndLeft(usedText, left)
  const limits = tiers.rows.flatMap(({ to }) =>
    to === undefined ? [] : [{ at: to, text: formatQuantity(to) }],
  )
  const resets = isYear ? words.resetsYear : words.resetsMonth
  return (
    <View className="card">
      <View className="h3">{sentence}</View>
      {limits.length === 0 ? null : (
        <TierBar
          label={sentence}
          used={tiers.used}
          current={tiers.current}
          limits={limits}
          boxes={tiers.rows.map((row) => ({
            title: shell.tier(row.tier),
            price: words.price(formatUnitPrice(row.price)),
          }))}
        />
      )}
      <View className="cap">{`${resets} · ${words.sample(sayYearMonth(tariff.validFrom)[language])}`}</View>
    </View>
  )
}
