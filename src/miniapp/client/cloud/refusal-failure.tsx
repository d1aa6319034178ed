import Taro from '@tarojs/taro'
import type { RefusalDetails } from '../../../contract/call'
import type { CallName } from '../../../contract/calls'
import { Failure } from '../../ui/failure'
import { useWords } from '../i18n/use-words'
import { useModes } from '../modes/use-modes'
import { refusalOf } from '../refusals'
import { SHELL_WORDS } from '../words/shell'
import type { Refused } from './call'

/** Why a call was not answered, what helps, and the id that the log knows: a tap copies it. */
export function RefusalFailure<Name extends CallName>({
  name,
  refused,
  onRetry,
}: {
  name: Name
  refused: { reason: Refused<Name>['reason']; details?: RefusalDetails }
  onRetry: () => void
}) {
  const { language } = useModes()
  const words = useWords(SHELL_WORDS)
  const { sentence, again } = refusalOf(name, refused.reason)
  const { errorId, ...facts } = refused.details ?? {}
  return (
    <Failure
      sentence={sentence(facts)[language]}
      {...(again === 'no' ? {} : { retry: { text: words.retry, onTap: onRetry } })}
      {...(errorId === undefined
        ? {}
        : { copy: { text: words.copyErrorId(errorId), onTap: () => copy(errorId) } })}
    />
  )
}

/** Not allowed to: the id is still there to be read out. */
function copy(errorId: string): void {
  Taro.setClipboardData({ data: errorId }).catch(() => undefined)
}
