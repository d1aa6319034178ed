import { Text, View } from '@tarojs/components'
import { Icon } from './icon'

export type NoticeProps = {
  kind: 'wait' | 'soon' | 'late' | 'done' | 'plain'
  /** Said first, in bold. */
  bold?: string
  text: string
  icon?: string
  onTap?: () => void
}

const SHAPE = { wait: 'wait', soon: 'late', late: 'late', done: 'done', plain: 'bell' }

/** A line that asks to be read; with `onTap` it leads on. */
export function Notice({ kind, bold, text, icon, onTap }: NoticeProps) {
  return (
    <View
      className={`notice ${kind}`}
      ariaRole={onTap === undefined ? 'note' : 'button'}
      ariaLabel={`${bold ?? ''}${text}`}
      onClick={() => onTap?.()}
    >
      <Icon name={icon ?? SHAPE[kind]} className="lead" />
      <View className="txt">
        {bold === undefined ? null : <Text className="b">{bold}</Text>}
        {text}
      </View>
      {onTap === undefined ? null : <Icon name="right" small />}
    </View>
  )
}
