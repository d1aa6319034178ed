import { View } from '@tarojs/components'
import type { ReplyOf } from '../../../../contract/call'
import type { quotePayment } from '../../../../contract/quote-payment'
import { formatYuan } from '../../../../core/money'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { refusalOf } from '../../../client/refusals'
import { PAY_WORDS } from '../../../client/words/pay'

type Left = ReplyOf<typeof quotePayment>['left']

/** Bills that were asked for and cannot be paid now, each with its reason. */
export function LeftBills({ left }: { left: Left }) {
  const { language } = useModes()
  const words = useWords(PAY_WORDS)
  if (left.length === 0) return null
  return (
    <View className="card flush">
      <View className="hh">
        <View className="ttl">{words.leftTitle}</View>
        <View className="sub">{words.notIncluded}</View>
      </View>
      {left.map((bill) => (
        <View key={`${bill.accountId}/${bill.billId}`} className="row">
          <View className="mid">
            <View className="nm">{`${bill.label} · ${bill.billerName[language]}`}</View>
            <View className="sub">
              {
                refusalOf('start-payment', bill.reason).sentence({
                  biller: bill.billerName,
                  ...(bill.payer === undefined ? {} : { payer: bill.payer }),
                  ...(bill.from === undefined ? {} : { from: bill.from }),
                  ...(bill.until === undefined ? {} : { until: bill.until }),
                })[language]
              }
            </View>
          </View>
          <View className="amt quiet">{formatYuan(bill.total)}</View>
        </View>
      ))}
    </View>
  )
}
