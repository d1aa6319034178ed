import { View } from '@tarojs/components'
import { Button } from './button'
import { Notice } from './notice'

/** A failure: sentence, action, and the id that the log knows. */
export function Failure({
  sentence,
  retry,
  errorId,
}: {
  sentence: string
  retry?: { text: string; onTap: () => void }
  errorId?: string
}) {
  return (
    <View className="card">
      <Notice kind="soon" text={sentence} />
      {retry === undefined ? null : <Button kind="outline" text={retry.text} onTap={retry.onTap} />}
      {errorId === undefined ? null : <View className="cap">{errorId}</View>}
    </View>
  )
}
