import { useReachBottom } from '@tarojs/taro'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ReplyOf, RequestOf } from '../../../contract/call'
import type { Calls } from '../../../contract/calls'
import { callCloud, type Refused } from './call'
import { keepAnswer } from './kept-reply'
import {
  askNext,
  askPages,
  type Change,
  type Filter,
  type PagedCall,
  type PagesState,
  pagesBefore,
} from './pages-state'
import type { UsedCall } from './use-call'
import { useShownAgain } from './use-shown-again'

type Reply<Name extends PagedCall> = ReplyOf<Calls[Name]>

/** An endless list: a call, its pages, and why the next one did not come. */
export type UsedPages<Name extends PagedCall> = UsedCall<Name> & {
  pages: readonly Reply<Name>[]
  rows: readonly Reply<Name>['rows'][number][]
  /** Newer rows were let go to keep the page light. */
  hasNewer: boolean
  hasMore: boolean
  stuck: Refused<Name> | undefined
  /** The page after the last one, also after it did not come. */
  more: () => Promise<void>
}

/** Without network the newest page is shown, of the list that leaves nothing out. */
const KEPT_AS = 'newest'
const UNFILTERED = '{}'

/**
 * An endless list: the next page when the end is reached, what is on the screen anew when it is
 * shown again, the newest on `reload`. Only the question that was asked last is answered.
 */
export function usePages<Name extends PagedCall>(
  name: Name,
  filter: Filter<Name>,
): UsedPages<Name> {
  const question = JSON.stringify(filter)
  const keepAs = question === UNFILTERED ? KEPT_AS : undefined
  const before = useMemo(() => pagesBefore(name, question, keepAs), [name, question, keepAs])
  const [latest, setLatest] = useState<PagesState<Name>>(before)
  const { call, pages, stuck } = latest.question === question ? latest : before
  const asked = useRef({ turn: 0, isOpen: false })

  const ask = useCallback(
    async (after: string | undefined) => {
      const request = { ...JSON.parse(question), ...(after === undefined ? {} : { after }) }
      const answer = await callCloud(name, request as RequestOf<Calls[Name]>)
      if (after === undefined) keepAnswer(name, keepAs, answer)
      return answer
    },
    [name, question, keepAs],
  )
  const take = useCallback(
    async (asking: Promise<Change<Name>>) => {
      const turn = asked.current.turn + 1
      asked.current = { turn, isOpen: true }
      const change = await asking
      if (turn !== asked.current.turn) return
      asked.current.isOpen = false
      setLatest((last) => change(last.question === question ? last : before))
    },
    [question, before],
  )
  const reload = useCallback(() => take(askPages(ask, undefined, 1)), [take, ask])
  const next = pages.at(-1)?.reply.next
  const more = async () => {
    if (next !== undefined && !asked.current.isOpen) await take(askNext(ask, next))
  }

  useEffect(() => {
    void reload()
    return () => {
      asked.current = { turn: asked.current.turn + 1, isOpen: false }
    }
  }, [reload])
  useShownAgain(() => void take(askPages(ask, pages[0]?.after, pages.length)))
  useReachBottom(() => {
    if (stuck === undefined) void more()
  })
  return {
    ...call,
    pages: pages.map((page) => page.reply),
    rows: pages.flatMap((page) => page.reply.rows as Reply<Name>['rows'][number][]),
    hasNewer: pages[0]?.after !== undefined,
    hasMore: next !== undefined,
    stuck,
    reload,
    more,
  }
}
