import { View } from '@tarojs/components'
import type { Why as WhyReply } from '../../../../contract/get-bill'
import { fen, formatUnitPrice, formatYuan } from '../../../../core/money'
import { formatQuantity, quantity } from '../../../../core/quantity'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { sayMonth } from '../../../client/say-moment'
import { BILL_WORDS } from '../../../client/words/bill'
import { SHELL_WORDS } from '../../../client/words/shell'
import type { BillReply } from './bill-reply'

/** Why the bill changed, before how it is computed; the parts add up to the fen. */
export function Why({ bill }: { bill: BillReply }) {
  const { language } = useModes()
  const words = useWords(BILL_WORDS)
  const { sinceLastMonth, sinceLastYear } = bill
  const nothing = sinceLastMonth === undefined && sinceLastYear === undefined
  return (
    <View className="card">
      <View className="h3">{words.why}</View>
      {nothing ? <View className="sub">{words.noEarlier}</View> : null}
      {sinceLastMonth === undefined ? null : (
        <Change
          why={sinceLastMonth}
          month={sayMonth(sinceLastMonth.month)[language]}
          unit={bill.unit}
        />
      )}
      {sinceLastYear === undefined ? null : (
        <Change
          why={sinceLastYear}
          month={words.lastYear(sayMonth(sinceLastYear.month)[language])}
          unit={bill.unit}
        />
      )}
    </View>
  )
}

function Change({ why, month, unit }: { why: WhyReply; month: string; unit: BillReply['unit'] }) {
  const words = useWords(BILL_WORDS)
  const isMore = why.difference > 0
  const isSame = why.difference === 0
  const title = isSame ? words.same(month) : isMore ? words.more(month) : words.less(month)
  const amount = fen(Math.abs(why.difference))
  return (
    <View className="why">
      <View className="h">
        <View>{title}</View>
        {isSame ? null : <View className="num">{words.yuan(amount)}</View>}
      </View>
      {why.parts.map((part) => (
        <Part key={`${part.kind}${part.tier ?? ''}`} part={part} unit={unit} isMore={isMore} />
      ))}
    </View>
  )
}

/** One part, counted in the direction of the whole: less use on a smaller bill is positive there. */
function Part({
  part,
  unit,
  isMore,
}: {
  part: WhyReply['parts'][number]
  unit: BillReply['unit']
  isMore: boolean
}) {
  const words = useWords(BILL_WORDS)
  const shell = useWords(SHELL_WORDS)
  const used = formatQuantity(quantity(Math.abs(part.quantity ?? 0)))
  const tier = shell.tier(part.tier ?? 1)
  const text = {
    usage: () =>
      (part.quantity ?? 0) > 0
        ? words.usedMore(used, shell.units[unit])
        : words.usedLess(used, shell.units[unit]),
    tier: () =>
      (part.quantity ?? 0) > 0
        ? words.intoTier(used, shell.units[unit], tier, formatUnitPrice(part.dearerBy ?? 0))
        : words.outOfTier(tier),
    price: () => words.price,
    'late-fee': () => words.lateFeePart,
  }[part.kind]()
  const amount = isMore || part.amount === 0 ? part.amount : fen(-part.amount)
  return (
    <View className="r">
      <View>{text}</View>
      <View className="num">{formatYuan(amount)}</View>
    </View>
  )
}
