import { View } from '@tarojs/components'
import { useState } from 'react'
import { callCloud } from '../../client/cloud/call'
import { useWords } from '../../client/i18n/use-words'
import { useModes } from '../../client/modes/use-modes'
import { refusalOf } from '../../client/refusals'
import { ME_WORDS } from '../../client/words/me'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { TextField } from '../../ui/text-field'

const LONGEST_NAME = 12

/** The name under which relatives see this resident while a bill is being paid. */
export function KnownAsSheet({
  name,
  onClose,
  onSaved,
}: {
  name: string
  onClose: () => void
  onSaved: () => Promise<void>
}) {
  const { language } = useModes()
  const words = useWords(ME_WORDS)
  const [typed, setTyped] = useState(name)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const save = async () => {
    setBusy(true)
    const answer = await callCloud('save-me', { knownAs: typed.trim() })
    setBusy(false)
    if (!answer.ok) {
      setProblem(refusalOf('save-me', answer.reason).sentence({ ...answer.details })[language])
      return
    }
    await onSaved()
    onClose()
  }
  return (
    <View className="veil" ariaRole="dialog" ariaLabel={words.knownAsTitle}>
      <View className="sheet">
        <View className="ttl">{words.knownAsTitle}</View>
        <View className="sub">{words.knownAsNote}</View>
        <TextField value={typed} label={words.knownAs} maxLength={LONGEST_NAME} onType={setTyped} />
        {problem === undefined ? null : <Notice kind="soon" text={problem} />}
        <Button
          text={words.save}
          busy={isBusy}
          off={typed.trim() === ''}
          onTap={() => void save()}
        />
        <Button kind="plain" text={words.cancel} onTap={onClose} />
      </View>
    </View>
  )
}
