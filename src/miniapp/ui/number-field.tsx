import { Input, View } from '@tarojs/components'
import { Icon } from './icon'

export type NumberFieldProps = {
  value: string
  label: string
  /** Said under the field: the rule while typing, what is wrong once it is. */
  hint: string
  state: 'typing' | 'right' | 'broken'
  onType: (text: string) => void
  onScan?: { label: string; tap: () => void }
}

/** An account number as one types it, checked by the biller's rule. */
export function NumberField({ value, label, hint, state, onType, onScan }: NumberFieldProps) {
  const look = { typing: 'field on', right: 'field on', broken: 'field broken' }[state]
  return (
    <View>
      <View className={look}>
        <Input
          className="input"
          value={value}
          ariaLabel={label}
          placeholder={label}
          onInput={(event) => onType(event.detail.value)}
        />
        {onScan === undefined ? null : (
          <View className="scanb" ariaRole="button" ariaLabel={onScan.label} onClick={onScan.tap}>
            <Icon name="scan" />
          </View>
        )}
      </View>
      <View
        className={`sub iw ${state === 'broken' ? 'c-late' : state === 'right' ? 'c-done' : ''}`}
      >
        {state === 'typing' ? null : <Icon name={state === 'right' ? 'done' : 'late'} small />}
        <View className="grow">{hint}</View>
      </View>
    </View>
  )
}
