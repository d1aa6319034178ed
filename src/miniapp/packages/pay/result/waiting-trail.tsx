import { View } from '@tarojs/components'
import { useWords } from '../../../client/i18n/use-words'
import { RESULT_WORDS } from '../../../client/words/result'
import { Trail } from '../../../ui/trail'
import type { PaymentReply } from './payment-standing'

/** The way ahead while WeChat has confirmed nothing. */
export function WaitingTrail({ reply }: { reply: PaymentReply }) {
  const words = useWords(RESULT_WORDS)
  const companies = new Set(reply.items.map((item) => item.billerId)).size
  return (
    <View className="card">
      <Trail
        steps={[
          {
            key: 'wechat',
            state: 'waiting',
            what: words.awaitWeChat,
            time: words.usuallySeconds,
            note: words.awaitWeChatHint,
          },
          { key: 'settled', state: 'next', what: words.willSettle },
          { key: 'posted', state: 'next', what: words.willPost(companies) },
          { key: 'matched', state: 'next', what: words.willMatch },
        ]}
      />
    </View>
  )
}
