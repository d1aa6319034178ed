import { View } from '@tarojs/components'
import { Icon } from './icon'

export type EightRowProps = {
  question: string
  onReceipt: string
  now: string
  state: 'same' | 'look' | 'different' | 'unknown'
}

const SHAPE = { same: 'done', look: 'late', different: 'late', unknown: 'help' }

/** One of the eight checks: receipt against now. */
export function EightRow({ question, onReceipt, now, state }: EightRowProps) {
  const tint = state === 'same' ? 'e8' : 'e8 warn'
  return (
    <View className={tint} ariaLabel={`${question}：${onReceipt}；${now}`}>
      <Icon name={SHAPE[state]} className={state === 'same' ? 'c-done' : 'c-soon'} />
      <View className="q">{question}</View>
      <View className="a n">{onReceipt}</View>
      <View className="a n">{now}</View>
    </View>
  )
}
