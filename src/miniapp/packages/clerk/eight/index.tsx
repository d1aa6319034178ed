import { View } from '@tarojs/components'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { CLERK_WORDS } from '../../../client/words/clerk'
import { EightRow } from '../../../ui/eight-row'
import { Icon } from '../../../ui/icon'
import { Page } from '../../../ui/page'
import { lastChecked } from '../checked'
import { verdictOf } from '../verdict-of'
import { eightRows } from './eight-rows'

/** The eight checks side by side; a row that wants an eye is tinted. */
export default function Eight() {
  const modes = useModes()
  const words = useWords(CLERK_WORDS)
  useTitle(words.eightTitle)
  const checked = lastChecked()
  const receipt = checked?.kind === 'online' ? checked.reply.receipt : undefined
  if (checked?.kind !== 'online' || receipt === undefined) {
    return (
      <Page modes={modes}>
        <View className="sub">{words.noLast}</View>
      </Page>
    )
  }
  const { kind, saying } = verdictOf(checked)
  const rows = eightRows(receipt, checked.signed, modes.language, words)
  const same = rows.filter((row) => row.state === 'same').length
  return (
    <Page modes={modes} flush>
      <View className={`verdict-bar v-${kind}`}>
        <Icon name={`verdict-${kind}`} className="sh" />
        <View className="grow">
          <View className="ttl">
            {`${words.verdicts[saying][0]} · ${words.amount(receipt.amount)}`}
          </View>
          <View>{words.summary(same, rows.length - same)}</View>
        </View>
      </View>
      <View className="eight">
        <View className="e8">
          <View />
          <View className="q half">{words.onReceipt}</View>
          <View className="q half">{words.now}</View>
        </View>
        {rows.map((row) => (
          <EightRow key={row.question} {...row} />
        ))}
      </View>
      {checked.signed === undefined ? <View className="sub pad">{words.typed}</View> : null}
    </Page>
  )
}
