import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { RequestOf } from '../../../contract/call'
import type { CallName, Calls } from '../../../contract/calls'
import { callCloud } from './call'
import { type CallState, stateAfter, stateBefore } from './call-state'
import { keepAnswer } from './kept-reply'
import { useShownAgain } from './use-shown-again'

export type UsedCall<Name extends CallName> = CallState<Name> & { reload: () => Promise<void> }

/**
 * Asks the cloud when the page opens, whenever it is shown again, and on `reload`. With `keep` the
 * last reply stays on the phone under that key. A `null` request is not asked yet; another request
 * begins anew.
 */
export function useCall<Name extends CallName>(
  name: Name,
  request: RequestOf<Calls[Name]> | null,
  options: { keep?: string } = {},
): UsedCall<Name> {
  const keepAs = options.keep
  const question = request === null ? null : JSON.stringify(request)
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew for another question
  const before = useMemo(() => stateBefore(name, keepAs), [name, question, keepAs])
  const [known, setKnown] = useState<{ question: string; call: CallState<Name> }>()
  const call = known !== undefined && known.question === question ? known.call : before
  const asked = useRef(0)

  const reload = useCallback(async () => {
    if (question === null) return
    asked.current += 1
    const turn = asked.current
    const answer = await callCloud(name, JSON.parse(question) as RequestOf<Calls[Name]>)
    if (turn !== asked.current) return
    keepAnswer(name, keepAs, answer)
    setKnown((last) => ({
      question,
      call: stateAfter(last?.question === question ? last.call : before, answer),
    }))
  }, [name, question, keepAs, before])

  useEffect(() => {
    void reload()
    return () => {
      asked.current += 1
    }
  }, [reload])
  useShownAgain(() => void reload())
  return { ...call, reload }
}
