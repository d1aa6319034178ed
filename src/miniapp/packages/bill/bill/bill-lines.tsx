import { View } from '@tarojs/components'
import { formatUnitPrice, formatYuan } from '../../../../core/money'
import { formatQuantity } from '../../../../core/quantity'
import { useWords } from '../../../client/i18n/use-words'
import { BILL_WORDS } from '../../../client/words/bill'
import { SHELL_WORDS } from '../../../client/words/shell'
import type { BillReply } from './bill-reply'

/** The bill line by line: steps as a bar, each line with its quantity and price, then the sums. */
export function BillLines({ bill }: { bill: BillReply }) {
  const words = useWords(BILL_WORDS)
  const shell = useWords(SHELL_WORDS)
  const rate = words.rate(bill.lateFeeRate ?? 0)
  const several = new Set(bill.lines.map((line) => line.item)).size > 1
  return (
    <View className="card">
      <View className="h3">{words.how}</View>
      <TierStack bill={bill} />
      {bill.lines.map((line) => (
        <View key={`${line.item}${line.tier ?? ''}${line.band ?? ''}`} className="ln">
          <View className={line.tier === undefined ? 'sw' : `sw t${line.tier}`} />
          <View>
            {[
              several ? words.item(line.item) : undefined,
              line.tier === undefined ? undefined : shell.tier(line.tier),
              line.band === undefined ? undefined : words.bands[line.band],
            ]
              .filter(Boolean)
              .join(' · ')}
          </View>
          <View className="num">{formatYuan(line.amount)}</View>
          <View className="m">
            {words.times(
              formatQuantity(line.quantity),
              shell.units[line.unit],
              formatUnitPrice(line.unitPrice),
            )}
          </View>
        </View>
      ))}
      <View className="ln sum">
        <View />
        <View>{words.principal[bill.service]}</View>
        <View className="num">{formatYuan(bill.principal)}</View>
      </View>
      {bill.lateFee === 0 ? null : (
        <View className="ln">
          <View />
          <View>{words.lateFee}</View>
          <View className="num">{formatYuan(bill.lateFee)}</View>
          <View className="m">{words.lateFeeHow(bill.principal, rate, bill.daysLate)}</View>
        </View>
      )}
      <View className="ln sum">
        <View />
        <View className="b">{words.totals[bill.standing.kind]}</View>
        <View className="num big">{formatYuan(bill.total)}</View>
      </View>
    </View>
  )
}

/** How the use is spread over the steps; one component's lines only, they all share the use. */
function TierStack({ bill }: { bill: BillReply }) {
  const words = useWords(BILL_WORDS)
  const shell = useWords(SHELL_WORDS)
  const item = bill.lines.find((line) => line.tier !== undefined)?.item
  const parts = bill.lines.filter((line) => line.item === item && line.tier !== undefined)
  if (parts.length === 0 || bill.usage === 0) return null
  const label = words.tierParts(
    parts.map(
      (part) =>
        `${shell.tier(part.tier ?? 1)} ${formatQuantity(part.quantity)} ${shell.units[part.unit]}`,
    ),
  )
  return (
    <View className="stack" ariaRole="img" ariaLabel={label}>
      {parts.map((part) => (
        <View
          key={`${part.tier}${part.band ?? ''}`}
          className={`part t${part.tier}`}
          style={`width:${((part.quantity / bill.usage) * 100).toFixed(1)}%`}
        />
      ))}
    </View>
  )
}
