import { View } from '@tarojs/components'
import { useState } from 'react'
import type { BoundAccount } from '../../../../contract/list-accounts'
import { callCloud } from '../../../client/cloud/call'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { refusalOf } from '../../../client/refusals'
import { ACCOUNT_WORDS } from '../../../client/words/account'
import { Button } from '../../../ui/button'
import { Notice } from '../../../ui/notice'
import { TextField } from '../../../ui/text-field'

const LONGEST_NAME = 12

/** Another name or another household for an account. */
export function RenameSheet({
  account,
  onClose,
  onSaved,
}: {
  account: BoundAccount
  onClose: () => void
  onSaved: () => Promise<void>
}) {
  const { language } = useModes()
  const words = useWords(ACCOUNT_WORDS)
  const [label, setLabel] = useState(account.label)
  const [household, setHousehold] = useState(account.household)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const isReady = [label, household].every((name) => {
    const { length } = name.trim()
    return length > 0 && length <= LONGEST_NAME
  })
  const save = async () => {
    setBusy(true)
    const { accountId } = account
    const answer = await callCloud('label-account', {
      accountId,
      label: label.trim(),
      household: household.trim(),
    })
    setBusy(false)
    if (!answer.ok) {
      setProblem(
        refusalOf('label-account', answer.reason).sentence({ ...answer.details })[language],
      )
      return
    }
    await onSaved()
    onClose()
  }
  return (
    <View className="veil" ariaRole="dialog" ariaLabel={words.renameTitle}>
      <View className="sheet">
        <View className="ttl">{words.renameTitle}</View>
        <TextField value={label} label={words.label} maxLength={LONGEST_NAME} onType={setLabel} />
        <TextField
          value={household}
          label={words.household}
          maxLength={LONGEST_NAME}
          onType={setHousehold}
        />
        {problem === undefined ? null : <Notice kind="soon" text={problem} />}
        <Button
          text={isBusy ? words.saving : words.save}
          busy={isBusy}
          off={!isReady}
          onTap={() => void save()}
        />
        <Button kind="plain" text={words.cancel} onTap={onClose} />
      </View>
    </View>
  )
}
