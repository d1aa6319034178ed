import { Button as PlatformButton, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { Unanswered } from '../../../client/cloud/unanswered'
import { useCall } from '../../../client/cloud/use-call'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { HELP_WORDS } from '../../../client/words/help'
import { Cell } from '../../../ui/cell'
import { Link } from '../../../ui/link'
import { Page } from '../../../ui/page'

/** Questions that worry people most come first; then whom to call. */
export default function Help() {
  const modes = useModes()
  const words = useWords(HELP_WORDS)
  useTitle(words.title)
  const billers = useCall('list-billers', {}, { keep: 'all' })
  const { language } = modes
  return (
    <Page modes={modes}>
      {words.questions.map(({ question, answer }) => (
        <View key={question} className="card">
          <View className="h3">{question}</View>
          <View className="sub">{answer}</View>
        </View>
      ))}
      <View className="sub">{words.errorNote}</View>
      <PlatformButton
        className="btn sec2"
        hoverClass="pressed"
        ariaRole="button"
        ariaLabel={words.contact}
        openType="contact"
      >
        {words.contact}
      </PlatformButton>
      <View className="sec">{words.hotlines}</View>
      {billers.reply === undefined ? (
        <Unanswered name="list-billers" call={billers} rows={3} />
      ) : (
        <View className="card flush">
          {billers.reply.cities.flatMap((city) =>
            city.billers.map((biller) => (
              <Cell
                key={biller.id}
                icon="phone"
                title={`${biller.names[language]} ${biller.hotline}`}
                note={words.hours(biller.hours[language], biller.counter[language])}
                onTap={() => void Taro.makePhoneCall({ phoneNumber: biller.hotline })}
              />
            )),
          )}
        </View>
      )}
      <View className="links">
        <Link
          text={words.agreement}
          onTap={() => void Taro.navigateTo({ url: '/packages/help/agreement/index' })}
        />
        <Link
          text={words.privacy}
          onTap={() => void Taro.navigateTo({ url: '/packages/help/privacy/index' })}
        />
      </View>
      <View className="cap centred">
        <View>{words.operator}</View>
        <View>{words.record}</View>
      </View>
    </Page>
  )
}
