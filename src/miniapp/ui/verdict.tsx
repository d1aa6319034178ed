import { View } from '@tarojs/components'
import { Icon } from './icon'

export type VerdictKind = 'posted' | 'unposted' | 'refunded' | 'printed' | 'foreign' | 'offline'

/** Striped edge: do not accept as proof. */
const STRIPED: readonly VerdictKind[] = ['refunded', 'printed', 'foreign']

/** The clerk's answer in one word, one colour, one shape. */
export function Verdict({
  kind,
  word,
  sentence,
}: {
  kind: VerdictKind
  word: string
  sentence: string
}) {
  const width = word.length > 4 ? 'wd w5' : word.length > 3 ? 'wd w4' : 'wd'
  return (
    <View
      className={`verdict v-${kind}${STRIPED.includes(kind) ? ' no' : ''}`}
      ariaRole="status"
      ariaLabel={`${word}。${sentence}`}
    >
      <Icon name={`verdict-${kind}`} className="sh" />
      <View className={width}>{word}</View>
      <View className="sy">{sentence}</View>
    </View>
  )
}
