import { View } from '@tarojs/components'
import { formatQuantity } from '../../../../core/quantity'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { sayDate, sayYearMonth } from '../../../client/say-moment'
import { BILL_WORDS } from '../../../client/words/bill'
import { SHELL_WORDS } from '../../../client/words/shell'
import { KeyValue } from '../../../ui/key-value'
import type { BillReply } from './bill-reply'

/** Meter readings, the dates that count, and the tariff in force. */
export function Readings({ bill }: { bill: BillReply }) {
  const { language } = useModes()
  const words = useWords(BILL_WORDS)
  const { units } = useWords(SHELL_WORDS)
  const day = (date: string) => sayDate(date)[language]
  return (
    <View className="card">
      <View className="h3">{words.dates}</View>
      <KeyValue
        rows={[
          {
            name: words.reading(day(bill.periodFrom)),
            value: formatQuantity(bill.previousReading),
          },
          {
            name: words.reading(day(bill.readOn)),
            value: `${formatQuantity(bill.currentReading)} · ${words[bill.readKind]}`,
          },
          { name: words.usage, value: `${formatQuantity(bill.usage)} ${units[bill.unit]}` },
          {
            name: words.period,
            value: words.periodText(`${day(bill.periodFrom)} `, day(bill.periodTo)),
          },
          { name: words.issued, value: day(bill.issuedOn) },
          { name: words.due, value: day(bill.dueOn) },
          {
            name: words.tariff,
            value: words.tariffOf(
              bill.billerName[language],
              sayYearMonth(bill.tariff.validFrom)[language],
            ),
          },
        ]}
      />
    </View>
  )
}
