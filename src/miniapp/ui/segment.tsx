import { View } from '@tarojs/components'

export type Option<Value extends string> = { value: Value; text: string }

/** One of a few, side by side. */
export function Segment<Value extends string>({
  options,
  chosen,
  onChoose,
}: {
  options: readonly Option<Value>[]
  chosen: Value
  onChoose: (value: Value) => void
}) {
  return (
    <View className="seg" ariaRole="radiogroup">
      {options.map(({ value, text }) => (
        <View
          key={value}
          className={value === chosen ? 'choice on' : 'choice'}
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
