import type { CallName } from '../../../contract/calls'
import { Skeleton } from '../../ui/skeleton'
import { useWords } from '../i18n/use-words'
import { SHELL_WORDS } from '../words/shell'
import { RefusalFailure } from './refusal-failure'
import type { UsedCall } from './use-call'

/** What a page shows while it has no reply: its shape in grey, or why there is none and what helps. */
export function Unanswered<Name extends CallName>({
  name,
  call,
  rows = 6,
}: {
  name: Name
  call: UsedCall<Name>
  rows?: number
}) {
  const words = useWords(SHELL_WORDS)
  if (call.state === 'loading') return <Skeleton rows={rows} label={words.loading} />
  const { reason = 'try-again', details = {} } = call
  return (
    <RefusalFailure name={name} refused={{ reason, details }} onRetry={() => void call.reload()} />
  )
}
