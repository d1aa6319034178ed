import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { refusalOf } from '../../../client/refusals'
import { CLERK_WORDS } from '../../../client/words/clerk'
import { Button } from '../../../ui/button'
import { Notice } from '../../../ui/notice'
import { Page } from '../../../ui/page'
import { TextField } from '../../../ui/text-field'
import { PrintButton } from './print-button'
import { type UsedCheck, useCheck } from './use-check'
import { VerdictCard } from './verdict-card'

/** A clerk with a queue: scan, one word in one colour, scan the next. */
export default function Check() {
  const modes = useModes()
  const words = useWords(CLERK_WORDS)
  useTitle(words.title)
  const check = useCheck()
  return (
    <Page modes={modes} flush={check.checked !== undefined} foot={<CheckFoot check={check} />}>
      {check.refusal === undefined ? null : (
        <Notice
          kind="soon"
          text={
            refusalOf('check-receipt', check.refusal.reason).sentence({
              ...check.refusal.details,
            })[modes.language]
          }
        />
      )}
      {check.checked === undefined ? (
        <Start check={check} />
      ) : (
        <VerdictCard checked={check.checked} />
      )}
    </Page>
  )
}

function Start({ check }: { check: UsedCheck }) {
  const words = useWords(CLERK_WORDS)
  const [typed, setTyped] = useState('')
  return (
    <>
      <View className="total">
        <View className="ttl">{words.startTitle}</View>
        <View className="sub">{words.startNote}</View>
      </View>
      <View className="sub">{words.typeLabel}</View>
      <TextField value={typed} label={words.typeExample} onType={setTyped} />
      <Button
        kind="outline"
        text={words.check}
        off={typed.trim() === ''}
        busy={check.isBusy}
        onTap={() => void check.typeNumber(typed)}
      />
    </>
  )
}

function CheckFoot({ check }: { check: UsedCheck }) {
  const words = useWords(CLERK_WORDS)
  const { checked } = check
  const isForeign =
    checked?.kind === 'foreign' ||
    (checked?.kind === 'online' && checked.reply.verdict === 'foreign')
  const text = checked === undefined ? words.scan : isForeign ? words.scanAgain : words.scanNext
  const receipt = checked?.kind === 'online' ? checked.reply.receipt : undefined
  return (
    <>
      <Button
        kind="dusk"
        icon="scan"
        text={check.isBusy ? words.checking : text}
        busy={check.isBusy}
        onTap={() => void check.scan()}
      />
      {receipt === undefined ? null : (
        <View className="btnrow">
          <Button
            kind="outline"
            text={words.eight}
            onTap={() => void Taro.navigateTo({ url: '/packages/clerk/eight/index' })}
          />
          {checked?.kind === 'online' && checked.reply.verdict === 'posted' ? (
            <PrintButton key={receipt.receiptNumber} receiptNumber={receipt.receiptNumber} />
          ) : null}
        </View>
      )}
    </>
  )
}
