import { View } from '@tarojs/components'
import { useState } from 'react'
import { useWords } from '../../../client/i18n/use-words'
import { CLERK_WORDS } from '../../../client/words/clerk'
import { Button } from '../../../ui/button'
import { TextField } from '../../../ui/text-field'
import type { UsedCheck } from './use-check'

/** A receipt whose code cannot be scanned is checked by its number. */
export function TypeNumber({ check }: { check: UsedCheck }) {
  const words = useWords(CLERK_WORDS)
  const [typed, setTyped] = useState('')
  const submit = async () => {
    await check.typeNumber(typed)
    setTyped('')
  }
  return (
    <View className="typed">
      <View className="sub">{words.typeLabel}</View>
      <TextField value={typed} label={words.typeExample} onType={setTyped} />
      <Button
        kind="outline"
        text={words.check}
        off={typed.trim() === ''}
        busy={check.isBusy}
        onTap={() => void submit()}
      />
    </View>
  )
}
