import { View } from '@tarojs/components'
import { useState } from 'react'
import type { PaymentItem } from '../../../../contract/get-payment'
import { callCloud, type Refused } from '../../../client/cloud/call'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { refusalOf } from '../../../client/refusals'
import { RESULT_WORDS } from '../../../client/words/result'
import { Button } from '../../../ui/button'
import { Notice } from '../../../ui/notice'
import { useHotline } from './use-hotline'

/** Asks once, then takes a bill back; where that comes too late it says so, and whom to call. */
export function UndoSheet({
  paymentId,
  item,
  onAnswered,
  onClose,
}: {
  paymentId: string
  item: PaymentItem
  onAnswered: () => void
  onClose: () => void
}) {
  const { language } = useModes()
  const words = useWords(RESULT_WORDS)
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused<'undo-item'>>()
  const hotline = useHotline(refused?.reason === 'too-late' ? item.billerId : undefined)
  const undo = async () => {
    setBusy(true)
    const answer = await callCloud('undo-item', { paymentId, itemNo: item.itemNo })
    setBusy(false)
    onAnswered()
    if (answer.ok) onClose()
    else setRefused(answer)
  }
  const title = words.undoTitle(item.amount)
  const refusal = refused && refusalOf('undo-item', refused.reason)
  const facts = {
    ...refused?.details,
    biller: item.billerName,
    ...(hotline === undefined ? {} : { hotline }),
  }
  const canTry = refusal === undefined || refusal.again === 'now'
  return (
    <View className="veil" ariaRole="dialog" ariaLabel={title}>
      <View className="sheet">
        <View className="ttl">{title}</View>
        {refusal === undefined ? (
          <View className="sub">{words.undoNote(item.billerName[language])}</View>
        ) : (
          <Notice kind="soon" text={refusal.sentence(facts)[language]} />
        )}
        {canTry ? (
          <>
            <Button kind="outline" text={words.undoSure} busy={isBusy} onTap={() => void undo()} />
            <Button kind="plain" text={words.undoNot} onTap={onClose} />
          </>
        ) : (
          <Button kind="outline" text={words.undoClose} onTap={onClose} />
        )}
      </View>
    </View>
  )
}
