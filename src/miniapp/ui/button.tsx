import { View } from '@tarojs/components'
import { Icon } from './icon'

export type ButtonProps = {
  text: string
  /** dusk is the clerk's primary button. */
  kind?: 'primary' | 'dusk' | 'outline' | 'plain'
  icon?: string
  off?: boolean
  busy?: boolean
  onTap: () => void
}

const LOOK = { primary: 'btn', dusk: 'btn dusk', outline: 'btn sec2', plain: 'btn plain' }

/** One button; a busy one keeps its width and is not tapped twice. */
export function Button({
  text,
  kind = 'primary',
  icon,
  off = false,
  busy = false,
  onTap,
}: ButtonProps) {
  const label = busy ? `${text}…` : text
  return (
    <View
      className={off ? 'btn off' : LOOK[kind]}
      hoverClass="pressed"
      ariaRole="button"
      ariaLabel={label}
      onClick={() => {
        if (!off && !busy) onTap()
      }}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      {label}
    </View>
  )
}
