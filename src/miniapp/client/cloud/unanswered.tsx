import type { CallName } from '../../../contract/calls'
import { Failure } from '../../ui/failure'
import { Skeleton } from '../../ui/skeleton'
import { useWords } from '../i18n/use-words'
import { useModes } from '../modes/use-modes'
import { refusalOf } from '../refusals'
import { SHELL_WORDS } from '../words/shell'
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
  const { language } = useModes()
  const words = useWords(SHELL_WORDS)
  if (call.state === 'loading') return <Skeleton rows={rows} label={words.loading} />
  const refusal = refusalOf(name, call.reason ?? 'try-again')
  const retry = { text: words.retry, onTap: () => void call.reload() }
  return (
    <Failure
      sentence={refusal.sentence(call.details ?? {})[language]}
      {...(refusal.again === 'no' ? {} : { retry })}
      {...(call.errorId === undefined ? {} : { errorId: call.errorId })}
    />
  )
}
