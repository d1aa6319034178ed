import { View } from '@tarojs/components'
import { Icon } from './icon'

/** A line that is on or off. */
export function SwitchCell({
  icon,
  title,
  note,
  on,
  onTurn,
}: {
  icon: string
  title: string
  note?: string
  on: boolean
  onTurn: (on: boolean) => void
}) {
  return (
    <View
      className="cell"
      hoverClass="pressed"
      ariaRole="switch"
      ariaChecked={on ? 'true' : 'false'}
      ariaLabel={[title, note].filter(Boolean).join('，')}
      onClick={() => onTurn(!on)}
    >
      <Icon name={icon} className="lead" />
      <View className="x">
        <View>{title}</View>
        {note === undefined ? null : <View className="cap">{note}</View>}
      </View>
      <View className={on ? 'switch on' : 'switch'} />
    </View>
  )
}
