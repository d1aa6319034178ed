import { View } from '@tarojs/components'
import type { HOME_WORDS } from '../../client/words/home'
import { Amount } from '../../ui/amount'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import type { HomeSummary } from './home-summary'

/** The page's one number and its one button. */
export function Total({
  summary,
  words,
  canPay,
  onPay,
}: {
  summary: HomeSummary
  words: (typeof HOME_WORDS)['zh']
  canPay: boolean
  onPay: () => void
}) {
  const { payable, total, overdue, elsewhere } = summary
  const households = new Set(payable.map(({ account }) => account.household)).size
  return (
    <>
      <View className="total">
        <View className="sub">
          {payable.length === 0 ? words.clear : words.due(households, payable.length)}
        </View>
        <Amount amount={total} />
        {overdue.bills === 0 ? null : (
          <View className="sub c-late iw">
            <Icon name="late" small />
            <View className="grow">{words.overdue(overdue.bills, overdue.longest)}</View>
          </View>
        )}
        {elsewhere.amount === 0 ? null : (
          <View className="sub">
            {words.without(elsewhere.payer ?? words.relative, elsewhere.amount)}
          </View>
        )}
      </View>
      {payable.length === 0 || !canPay ? null : (
        <Button
          text={payable.length === 1 ? words.payOne(total) : words.payAll(payable.length)}
          onTap={onPay}
        />
      )}
    </>
  )
}
