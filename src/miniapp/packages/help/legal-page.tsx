import { View } from '@tarojs/components'
import { useTitle } from '../../client/i18n/use-title'
import { useWords } from '../../client/i18n/use-words'
import { useModes } from '../../client/modes/use-modes'
import { POLICY_VERSION } from '../../client/privacy/policy-version'
import type { LegalText } from '../../client/words/documents'
import { Page } from '../../ui/page'

/** A document that is agreed to, with its version. */
export function LegalPage({ text }: { text: { zh: LegalText; en: LegalText } }) {
  const modes = useModes()
  const words = useWords(text)
  useTitle(words.title)
  return (
    <Page modes={modes}>
      <View className="total">
        <View className="ttl">{words.title}</View>
        <View className="sub">{words.version(POLICY_VERSION)}</View>
      </View>
      {words.sections.map(({ heading, text: paragraph }) => (
        <View key={heading} className="card">
          <View className="h3">{heading}</View>
          <View className="sub">{paragraph}</View>
        </View>
      ))}
    </Page>
  )
}
