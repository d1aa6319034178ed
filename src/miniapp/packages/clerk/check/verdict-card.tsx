import { View } from '@tarojs/components'
import { useCall } from '../../../client/cloud/use-call'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { CLERK_WORDS } from '../../../client/words/clerk'
import { KeyValue } from '../../../ui/key-value'
import { Verdict } from '../../../ui/verdict'
import type { Checked } from '../checked'
import { verdictOf } from '../verdict-of'
import { verdictRows } from './verdict-rows'

/** The answer across the counter: one word, one colour, one shape, then the facts behind it. */
export function VerdictCard({ checked }: { checked: Checked }) {
  const { language } = useModes()
  const words = useWords(CLERK_WORDS)
  const billers = useCall('list-billers', {}, { keep: 'all' })
  const { kind, saying } = verdictOf(checked)
  const billerOf = (id: string) =>
    (billers.reply?.cities ?? []).flatMap((city) => city.billers).find((biller) => biller.id === id)
  const [word, sentence] = words.verdicts[saying]
  return (
    <View>
      <Verdict kind={kind} word={word} sentence={sentence} />
      <View className="facts">
        <KeyValue rows={verdictRows(checked, { language, words, billerOf })} />
        {kind === 'foreign' ? <View className="sub advice">{words.foreignAdvice}</View> : null}
      </View>
    </View>
  )
}
