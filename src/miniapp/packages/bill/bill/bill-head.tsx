import { View } from '@tarojs/components'
import { groupDigits } from '../../../../core/masking'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { sayYearMonth } from '../../../client/say-moment'
import { BILL_WORDS } from '../../../client/words/bill'
import { StandingTag } from '../../../client/words/standing-tag'
import { Amount } from '../../../ui/amount'
import { Tile } from '../../../ui/tile'
import type { BillReply } from './bill-reply'

/** Whose bill, how much, and how much longer. */
export function BillHead({ bill }: { bill: BillReply }) {
  const { language } = useModes()
  const words = useWords(BILL_WORDS)
  // The amount of a payment under way is fixed: it does not grow while the sheet is open.
  const grows = bill.standing.kind === 'due' && bill.totalTomorrow > bill.total
  return (
    <View className="total">
      <View className="rowline">
        <Tile service={bill.service} />
        <View className="grow">
          <View className="h3">{`${bill.household} · ${bill.billerName[language]}`}</View>
          <View className="sub">{sayYearMonth(bill.month)[language]}</View>
          <View className="sub mono">{words.accountNumber(groupDigits(bill.accountNumber))}</View>
        </View>
      </View>
      <Amount amount={bill.total} />
      <View className="spread start">
        <StandingTag standing={bill.standing} dueOn={bill.dueOn} />
        {grows ? (
          <View className="sub">{words.tomorrow(bill.total, bill.totalTomorrow)}</View>
        ) : null}
      </View>
    </View>
  )
}
