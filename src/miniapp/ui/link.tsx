import { View } from '@tarojs/components'
import { Icon } from './icon'

/** A tappable line of text; its target is as high as a button's. */
export function Link({ text, icon, onTap }: { text: string; icon?: string; onTap: () => void }) {
  return (
    <View className="link" ariaRole="button" ariaLabel={text} onClick={onTap}>
      {icon === undefined ? null : <Icon name={icon} small />}
      {text}
    </View>
  )
}
