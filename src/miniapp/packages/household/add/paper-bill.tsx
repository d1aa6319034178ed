import { View } from '@tarojs/components'
import type { ADD_WORDS } from '../../../client/words/add'

/** A drawing of this biller's paper bill: where the number stands. */
export function PaperBill({
  biller,
  service,
  number,
  words,
}: {
  biller: string
  service: string
  number: string
  words: (typeof ADD_WORDS)['zh']
}) {
  return (
    <View>
      <View className="paper" ariaRole="img" ariaLabel={words.paperLabel}>
        <View className="paper-head">{biller}</View>
        <View className="paper-sub">{service}</View>
        <View className="rowline paper-line">
          <View className="paper-mark num">{number}</View>
          <View className="c-soon">{`← ${words.paperThisLine}`}</View>
        </View>
        <View className="paper-bar" />
        <View className="paper-bar short" />
      </View>
      <View className="cap">{words.paperCaption}</View>
    </View>
  )
}
