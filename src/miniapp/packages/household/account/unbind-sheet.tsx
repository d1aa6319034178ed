import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { BoundAccount } from '../../../../contract/list-accounts'
import type { Instant } from '../../../../core/time'
import { callCloud } from '../../../client/cloud/call'
import { dropKeptReplies } from '../../../client/cloud/kept-reply'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { refusalOf } from '../../../client/refusals'
import { sayMoment } from '../../../client/say-moment'
import { ACCOUNT_WORDS } from '../../../client/words/account'
import { Button } from '../../../ui/button'
import { Notice } from '../../../ui/notice'

const goHome = () => void Taro.switchTab({ url: '/pages/home/index' })

/** Unbinds an account after one question, and takes it back where that was a mistake. */
export function UnbindSheet({ account, onClose }: { account: BoundAccount; onClose: () => void }) {
  const { language } = useModes()
  const words = useWords(ACCOUNT_WORDS)
  const [undoUntil, setUndoUntil] = useState<Instant>()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { accountId, label, household } = account
  const unbind = async () => {
    setBusy(true)
    const answer = await callCloud('unbind-account', { accountId })
    setBusy(false)
    if (!answer.ok) {
      const { sentence } = refusalOf('unbind-account', answer.reason)
      return setProblem(sentence({ ...answer.details })[language])
    }
    dropKeptReplies()
    setUndoUntil(answer.reply.undoUntil)
  }
  const undo = async () => {
    setBusy(true)
    const answer = await callCloud('bind-account', { accountId, label, household })
    setBusy(false)
    if (answer.ok) return onClose()
    const { sentence } = refusalOf('bind-account', answer.reason)
    setProblem(sentence({ ...answer.details })[language])
  }
  const title =
    undoUntil === undefined
      ? words.unbindTitle
      : words.unbound(sayMoment(undoUntil, Date.now())[language])
  return (
    <View className="veil" ariaRole="dialog" ariaLabel={title}>
      <View className="sheet">
        <View className="ttl">{title}</View>
        {undoUntil === undefined ? <View className="sub">{words.unbindNote}</View> : null}
        {problem === undefined ? null : <Notice kind="soon" text={problem} />}
        {undoUntil === undefined ? (
          <>
            <Button
              kind="outline"
              text={words.unbindSure}
              busy={isBusy}
              onTap={() => void unbind()}
            />
            <Button kind="plain" text={words.cancel} onTap={onClose} />
          </>
        ) : (
          <>
            <Button kind="outline" text={words.undo} busy={isBusy} onTap={() => void undo()} />
            <Button kind="plain" text={words.toHome} onTap={goHome} />
          </>
        )}
      </View>
    </View>
  )
}
