import { Image, View } from '@tarojs/components'
import mark from '../assets/mark.svg'
import { Button } from './button'

/** Nothing here yet: one sentence, one button. */
export function Empty({
  title,
  text,
  button,
}: {
  title: string
  text: string
  button?: { text: string; onTap: () => void }
}) {
  return (
    <View className="empty">
      <Image className="mark" src={mark} />
      <View className="ttl">{title}</View>
      <View className="sub">{text}</View>
      {button === undefined ? null : <Button text={button.text} onTap={button.onTap} />}
    </View>
  )
}
