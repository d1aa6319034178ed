import type { CallName } from '../../../contract/calls'
import { Notice } from '../../ui/notice'
import { useWords } from '../i18n/use-words'
import { useModes } from '../modes/use-modes'
import { sayDateAndTime } from '../say-moment'
import { SHELL_WORDS } from '../words/shell'
import type { UsedCall } from './use-call'

/** Says since when the data below is old; nothing where it is fresh. */
export function OldData<Name extends CallName>({ call }: { call: UsedCall<Name> }) {
  const { language } = useModes()
  const words = useWords(SHELL_WORDS)
  if (call.asOf === undefined || (call.state !== 'offline' && call.state !== 'failed')) return null
  return (
    <Notice
      kind="soon"
      icon="offline"
      text={words.old(sayDateAndTime(call.asOf)[language])}
      onTap={() => void call.reload()}
    />
  )
}
