import { View } from '@tarojs/components'
import type { Option } from './segment'

/** Filters: one of them is on. */
export function Chips<Value extends string>({
  options,
  chosen,
  onChoose,
}: {
  options: readonly Option<Value>[]
  chosen: Value
  onChoose: (value: Value) => void
}) {
  return (
    <View className="chips" ariaRole="radiogroup">
      {options.map(({ value, text }) => (
        <View
          key={value}
          className={value === chosen ? 'chip on' : 'chip'}
          ariaRole="radio"
          ariaChecked={value === chosen ? 'true' : 'false'}
          ariaLabel={text}
          onClick={() => onChoose(value)}
        >
          {text}
        </View>
      ))}
    </View>
  )
}
