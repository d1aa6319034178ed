import { View } from '@tarojs/components'
import { RefusalFailure } from '../../../client/cloud/refusal-failure'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { CLERK_WORDS } from '../../../client/words/clerk'
import { Page } from '../../../ui/page'
import { CheckFoot } from './check-foot'
import { TypeNumber } from './type-number'
import { useCheck } from './use-check'
import { VerdictCard } from './verdict-card'

/** A clerk with a queue: scan or type, one word in one colour, on to the next. */
export default function Check() {
  const modes = useModes()
  const words = useWords(CLERK_WORDS)
  useTitle(words.title)
  const check = useCheck()
  const { checked, refusal } = check
  return (
    <Page modes={modes} flush={checked !== undefined} foot={<CheckFoot check={check} />}>
      {checked !== undefined ? (
        <VerdictCard checked={checked} />
      ) : refusal !== undefined ? (
        <RefusalFailure name="check-receipt" refused={refusal} onRetry={() => void check.again()} />
      ) : (
        <View className="total">
          <View className="ttl">{words.startTitle}</View>
          <View className="sub">{words.startNote}</View>
        </View>
      )}
      <TypeNumber check={check} />
    </Page>
  )
}
