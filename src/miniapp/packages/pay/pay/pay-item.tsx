import { View } from '@tarojs/components'
import type { QuoteItem } from '../../../../contract/quote-payment'
import { groupDigits } from '../../../../core/masking'
import { formatYuan } from '../../../../core/money'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { sayMonth } from '../../../client/say-moment'
import { PAY_WORDS } from '../../../client/words/pay'
import { Notice } from '../../../ui/notice'
import { Tile } from '../../../ui/tile'

/** One bill on the pay page: the company by its legal name, the account whole, the holder masked. */
export function PayItem({ item }: { item: QuoteItem }) {
  const { language } = useModes()
  const words = useWords(PAY_WORDS)
  const month = sayMonth(item.month)[language]
  const lateFee = item.lateFee === 0 ? '' : words.withLateFee(item.lateFee)
  return (
    <View>
      <View className="row">
        <Tile service={item.service} />
        <View className="mid">
          <View className="spread">
            <View className="nm">{language === 'zh' ? item.legalName : item.billerName.en}</View>
            <View className="amt">{formatYuan(item.total)}</View>
          </View>
          <View className="sub">
            {`${item.household} · ${words.what(month, words.billOf[item.service])}${lateFee}`}
          </View>
          <View className="sub mono">{words.accountNumber(groupDigits(item.accountNumber))}</View>
          <View className="sub">{`${item.holder} · ${item.address}`}</View>
        </View>
      </View>
      {item.firstPayment ? (
        <View className="inset">
          <Notice
            kind="soon"
            bold={words.firstBold}
            text={`${words.first}${item.undoMinutes === undefined ? '' : words.undo(item.undoMinutes)}`}
          />
        </View>
      ) : null}
    </View>
  )
}
