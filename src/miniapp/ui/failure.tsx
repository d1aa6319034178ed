import { View } from '@tarojs/components'
import { Button } from './button'
import { Link } from './link'
import { Notice } from './notice'

type Action = { text: string; onTap: () => void }

/** A failure: sentence, action, and the id that the log knows, which can be copied. */
export function Failure({
  sentence,
  retry,
  copy,
}: {
  sentence: string
  retry?: Action
  copy?: Action
}) {
  return (
    <View className="card">
      <Notice kind="soon" text={sentence} />
      {retry === undefined ? null : <Button kind="outline" {...retry} />}
      {copy === undefined ? null : <Link {...copy} />}
    </View>
  )
}
