import { View } from '@tarojs/components'
import { Icon } from './icon'

export type VerdictKind = 'posted' | 'unposted' | 'refunded' | 'printed' | 'foreign' | 'offline'

/** Striped edge: do not accept as proof. */
const STRIPED: readonly VerdictKind[] = ['refunded', 'printed', 'foreign']

/** From so many characters on the word is set smaller, so that it stays on one line. */
const WIDTHS = [9, 5, 4] as const

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
  const length = WIDTHS.find((least) => word.length >= least)
  return (
    <View
      className={`verdict v-${kind}${STRIPED.includes(kind) ? ' no' : ''}`}
      ariaRole="status"
      ariaLabel={`${word}。${sentence}`}
    >
      <Icon name={`verdict-${kind}`} className="sh" />
      <View className={length === undefined ? 'wd' : `wd w${length}`}>{word}</View>
      <View className="sy">{sentence}</View>
    </View>
  )
}
