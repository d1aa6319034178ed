import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useWords } from '../../../client/i18n/use-words'
import { CLERK_WORDS } from '../../../client/words/clerk'
import { Button } from '../../../ui/button'
import { verdictOf } from '../verdict-of'
import { PrintButton } from './print-button'
import type { UsedCheck } from './use-check'

/** On to the next receipt; below, what this verdict still allows. */
export function CheckFoot({ check }: { check: UsedCheck }) {
  const words = useWords(CLERK_WORDS)
  const { checked, isBusy } = check
  const text =
    checked === undefined
      ? words.scan
      : verdictOf(checked).kind === 'foreign'
        ? words.scanAgain
        : words.scanNext
  return (
    <>
      <Button
        kind="dusk"
        icon="scan"
        text={isBusy ? words.checking : text}
        busy={isBusy}
        onTap={() => void check.scan()}
      />
      <Further check={check} />
    </>
  )
}

function Further({ check }: { check: UsedCheck }) {
  const words = useWords(CLERK_WORDS)
  const { checked } = check
  const again = (text: string) => (
    <Button kind="outline" text={text} onTap={() => void check.again()} />
  )
  if (checked?.kind === 'offline') return again(words.askOnline)
  if (checked?.kind !== 'online') return null
  const { verdict, receipt } = checked.reply
  if (receipt === undefined) return null
  return (
    <View className="btnrow">
      <Button
        kind="outline"
        text={words.eight}
        onTap={() => void Taro.navigateTo({ url: '/packages/clerk/eight/index' })}
      />
      {verdict === 'posted' ? (
        <PrintButton key={receipt.receiptNumber} receiptNumber={receipt.receiptNumber} />
      ) : null}
      {verdict === 'unposted' ? again(words.askAgain) : null}
    </View>
  )
}
