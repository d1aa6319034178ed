import { View } from '@tarojs/components'
import { Icon } from './icon'

export type TagKind = 'late' | 'soon' | 'wait' | 'done' | 'refunded' | 'mute'

const SHAPE: Record<TagKind, string | undefined> = {
  late: 'late',
  soon: 'wait',
  wait: 'wait',
  done: 'done',
  refunded: 'refund',
  mute: undefined,
}

/** A state: word, shape, then colour. */
export function Tag({ kind, text, icon }: { kind: TagKind; text: string; icon?: string }) {
  const shape = icon ?? SHAPE[kind]
  return (
    <View className={`tag ${kind}`}>
      {shape === undefined ? null : <Icon name={shape} small />}
      {text}
    </View>
  )
}
