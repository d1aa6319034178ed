import { View } from '@tarojs/components'
import { Icon } from './icon'

export type CellProps = {
  icon: string
  title: string
  note?: string
  value?: string
  onTap?: () => void
}

/** One line of a list of settings; with `onTap` it leads on. */
export function Cell({ icon, title, note, value, onTap }: CellProps) {
  // Named one by one: the web build finds a role only where it is written down as an attribute.
  const isTappable = onTap !== undefined
  return (
    <View
      className="cell"
      ariaLabel={[title, note, value].filter(Boolean).join('，')}
      hoverClass={isTappable ? 'pressed' : 'none'}
      ariaRole={isTappable ? 'button' : ''}
      onClick={() => onTap?.()}
    >
      <Icon name={icon} className="lead" />
      <View className="x">
        <View>{title}</View>
        {note === undefined ? null : <View className="cap">{note}</View>}
      </View>
      {value === undefined ? null : <View className="r">{value}</View>}
      {onTap === undefined ? null : <Icon name="right" className="go" />}
    </View>
  )
}
