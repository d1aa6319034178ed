import { Input, View } from '@tarojs/components'

/** One short text: an answer, a label. */
export function TextField({
  value,
  label,
  maxLength,
  onType,
}: {
  value: string
  label: string
  maxLength?: number
  onType: (text: string) => void
}) {
  return (
    <View className="field on">
      <Input
        className="input"
        value={value}
        maxlength={maxLength ?? 40}
        ariaLabel={label}
        placeholder={label}
        onInput={(event) => onType(event.detail.value)}
      />
    </View>
  )
}
