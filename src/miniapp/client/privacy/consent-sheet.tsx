import { Button as PlatformButton, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { Button } from '../../ui/button'
import { Link } from '../../ui/link'
import { Notice } from '../../ui/notice'
import { useWords } from '../i18n/use-words'
import { useModes } from '../modes/use-modes'
import { refusalOf } from '../refusals'
import { SHELL_WORDS } from '../words/shell'
import { POLICY_VERSION } from './policy-version'
import { AGREE_BUTTON_ID } from './privacy-gate'
import type { UsedConsent } from './use-consent'

const open = (page: string) => void Taro.navigateTo({ url: `/packages/help/${page}/index` })

/** Asks for consent, over the page; declining leaves everything as it was. */
export function ConsentSheet({ consent }: { consent: UsedConsent }) {
  const words = useWords(SHELL_WORDS)
  const { language } = useModes()
  if (!consent.isAsked) return null
  return (
    <View className="veil" ariaRole="dialog" ariaLabel={words.consentTitle}>
      <View className="sheet">
        <View className="ttl">{words.consentTitle}</View>
        <View className="sub">{words.consentText(POLICY_VERSION)}</View>
        <View className="links">
          <Link text={words.agreement} onTap={() => open('agreement')} />
          <Link text={words.privacy} onTap={() => open('privacy')} />
        </View>
        {consent.refusal === undefined ? null : (
          <Notice
            kind="soon"
            text={
              refusalOf('save-me', consent.refusal.reason).sentence({ ...consent.refusal.details })[
                language
              ]
            }
          />
        )}
        {/* The platform hears of consent from its own kind of button only. */}
        <PlatformButton
          id={AGREE_BUTTON_ID}
          className="btn"
          hoverClass="pressed"
          ariaRole="button"
          ariaLabel={words.agree}
          openType="agreePrivacyAuthorization"
          onClick={() => void consent.agree()}
        >
          {words.agree}
        </PlatformButton>
        <Button kind="plain" text={words.decline} onTap={consent.decline} />
      </View>
    </View>
  )
}
