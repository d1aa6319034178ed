import type { CallName } from '../../../contract/calls'
import { Notice } from '../../ui/notice'
import { useWords } from '../i18n/use-words'
import { useModes } from '../modes/use-modes'
import { sayDateAndTime } from '../say-moment'
import { OLD_DATA_WORDS } from '../words/old-data'
import type { UsedCall } from './use-call'

/**
 * Says why the data below could not be refreshed and since when it is old; nothing where it is
 * fresh. `pays` is for a page that has a pay button while its data is fresh.
 */
export function OldData<Name extends CallName>({
  call,
  pays = false,
}: {
  call: UsedCall<Name>
  pays?: boolean
}) {
  const { language } = useModes()
  const words = useWords(OLD_DATA_WORDS)
  if (call.asOf === undefined || !isOld(call)) return null
  const at = sayDateAndTime(call.asOf)[language]
  const isOffline = call.state === 'offline'
  const parts = [
    isOffline ? words.offline(at) : words.failed(at),
    pays ? words.noPaying : '',
    isOffline ? '' : words.again,
    call.errorId === undefined ? '' : words.errorId(call.errorId),
  ]
  return (
    <Notice
      kind="soon"
      {...(isOffline ? { icon: 'offline' } : {})}
      text={parts.join('').trim()}
      onTap={() => void call.reload()}
    />
  )
}

/** True when the last refresh failed: what is known may be shown, but nothing is paid from it. */
export function isOld<Name extends CallName>({ state }: UsedCall<Name>): boolean {
  return state === 'offline' || state === 'failed'
}
