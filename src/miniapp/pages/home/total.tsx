import { View } from '@tarojs/components'
import { sayDate } from '../../client/say-moment'
import type { HOME_WORDS } from '../../client/words/home'
import { Amount } from '../../ui/amount'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import type { HomeSummary } from './home-summary'

type HomeWords = (typeof HOME_WORDS)['zh']

/** The page's one number, and the one button that pays it. */
export function Total({
  summary,
  language,
  words,
  onPay,
}: {
  summary: HomeSummary
  language: 'zh' | 'en'
  words: HomeWords
  /** Absent where nothing can be paid from what is known. */
  onPay: (() => void) | undefined
}) {
  const { payable, total, overdue, elsewhere, mine } = summary
  const lines = [
    summary.isClear ? whatNext(summary, language, words) : '',
    elsewhere.amount === 0
      ? ''
      : words.without(elsewhere.payer ?? words.relative, elsewhere.amount),
    mine === 0 ? '' : words.withoutMine(mine),
  ]
  return (
    <>
      <View className="total">
        <View className="sub">{title(summary, words)}</View>
        <Amount amount={total} />
        {overdue.bills === 0 ? null : (
          <View className="sub c-late iw">
            <Icon name="late" small />
            <View className="grow">{words.overdue(overdue.bills, overdue.longest)}</View>
          </View>
        )}
        {lines.filter(Boolean).map((line) => (
          <View key={line} className="sub">
            {line}
          </View>
        ))}
      </View>
      {payable.length === 0 || onPay === undefined ? null : (
        <Button
          text={payable.length === 1 ? words.payOne(total) : words.payAll(payable.length)}
          onTap={onPay}
        />
      )}
    </>
  )
}

function title({ payable, isClear, households }: HomeSummary, words: HomeWords): string {
  if (isClear) return words.clear(households.length)
  if (payable.length === 0) return words.nothingNow
  return words.due(new Set(payable.map(({ account }) => account.household)).size, payable.length)
}

function whatNext({ next }: HomeSummary, language: 'zh' | 'en', words: HomeWords): string {
  if (next === undefined) return words.clearNote
  return words.next(sayDate(next.on)[language], next.household, words.bills[next.service])
}
