import { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { RequestOf } from '../../../contract/call'
import type { CallName, Calls } from '../../../contract/calls'
import { callCloud } from './call'
import { type CallState, stateAfter, stateBefore } from './call-state'
import { keep } from './kept-reply'

/** A page that has just been opened is shown as well: it does not ask twice. */
const SAME_SHOWING_MS = 1_000

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
  const [known, setKnown] = useState({ question, call: stateBefore(name, keepAs) })
  const call = known.question === question ? known.call : stateBefore(name, keepAs)
  const asked = useRef({ turn: 0, at: 0 })

  const reload = useCallback(async () => {
    if (question === null) return
    const turn = asked.current.turn + 1
    asked.current = { turn, at: Date.now() }
    const answer = await callCloud(name, JSON.parse(question) as RequestOf<Calls[Name]>)
    if (turn !== asked.current.turn) return
    if (answer.ok) keep(name, keepAs, { reply: answer.reply, asOf: Date.now() })
    setKnown((before) => ({
      question,
      call: stateAfter(
        before.question === question ? before.call : stateBefore(name, keepAs),
        answer,
      ),
    }))
  }, [name, question, keepAs])

  useEffect(() => {
    void reload()
    return () => {
      asked.current = { turn: asked.current.turn + 1, at: 0 }
    }
  }, [reload])
  useDidShow(() => {
    if (Date.now() - asked.current.at > SAME_SHOWING_MS) void reload()
  })
  return { ...call, reload }
}
