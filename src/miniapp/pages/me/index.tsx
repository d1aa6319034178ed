import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { dateOf } from '../../../core/time'
import { OldData } from '../../client/cloud/old-data'
import { Unanswered } from '../../client/cloud/unanswered'
import { useCall } from '../../client/cloud/use-call'
import { usePullToRefresh } from '../../client/cloud/use-pull-to-refresh'
import { useTabNames } from '../../client/i18n/use-tab-names'
import { useTitle } from '../../client/i18n/use-title'
import { useWords } from '../../client/i18n/use-words'
import { useModes } from '../../client/modes/use-modes'
import { sayDate } from '../../client/say-moment'
import { ME_WORDS } from '../../client/words/me'
import { Cell } from '../../ui/cell'
import { Page } from '../../ui/page'
import { KnownAsSheet } from './known-as-sheet'
import { ReadingAids } from './reading-aids'

const open = (url: string) => () => void Taro.navigateTo({ url })

/** Money, reading aids, privacy; and the desk of those who are clerks. */
export default function Me() {
  const modes = useModes()
  const words = useWords(ME_WORDS)
  useTitle(words.title)
  useTabNames()
  const [isNaming, setNaming] = useState(false)
  const call = useCall('get-me', {}, { keep: 'me' })
  usePullToRefresh(call.reload)
  const me = call.reply
  const { language } = modes
  const agreed =
    me?.consent === undefined
      ? words.notAgreed
      : words.agreed(me.consent.version, sayDate(dateOf(me.consent.at))[language])
  return (
    <Page
      modes={modes}
      over={
        isNaming ? (
          <KnownAsSheet
            name={me?.knownAs ?? ''}
            onClose={() => setNaming(false)}
            onSaved={call.reload}
          />
        ) : null
      }
    >
      <OldData call={call} />
      {me === undefined ? (
        <Unanswered name="get-me" call={call} rows={1} />
      ) : (
        <View className="total">
          <View className="ttl">{words.sums(me.households, me.accounts)}</View>
          <View className="sub">{words.paid(me.paidThisYear)}</View>
        </View>
      )}
      <View className="card flush">
        <Cell
          icon="receipt"
          title={words.receipts}
          {...(me === undefined ? {} : { value: words.sheets(me.receipts) })}
          onTap={open('/packages/receipt/receipts/index')}
        />
        <Cell
          icon="people"
          title={words.knownAs}
          {...(me === undefined
            ? {}
            : { value: me.knownAs ?? words.unnamed, onTap: () => setNaming(true) })}
        />
      </View>
      <ReadingAids />
      <View className="card flush">
        <Cell icon="help" title={words.help} onTap={open('/packages/help/help/index')} />
        <Cell
          icon="bills"
          title={words.agreement}
          {...(me === undefined ? {} : { value: agreed })}
          onTap={open('/packages/help/agreement/index')}
        />
        <Cell icon="eye" title={words.privacy} onTap={open('/packages/help/privacy/index')} />
      </View>
      {me?.staff === undefined ? null : (
        <View className="card flush">
          <Cell
            icon="desk"
            title={words.desk}
            value={me.staff.billerName[language]}
            onTap={open('/packages/clerk/check/index')}
          />
        </View>
      )}
    </Page>
  )
}
