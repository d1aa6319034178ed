import { useDidShow, useReachBottom } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ReplyOf, RequestOf } from '../../../contract/call'
import type { Calls } from '../../../contract/calls'
import { callCloud, type Refused } from './call'

/** The calls that answer a page at a time, with `next` when there is more. */
type PagedCall = 'list-bills' | 'list-receipts'
type RowOf<Name extends PagedCall> = ReplyOf<Calls[Name]>['rows'][number]
type Filter<Name extends PagedCall> = Omit<RequestOf<Calls[Name]>, 'after'>

export type UsedPages<Name extends PagedCall> = {
  rows: readonly RowOf<Name>[]
  /** Newer rows were let go to keep the page light. */
  hasNewer: boolean
  hasMore: boolean
  isLoading: boolean
  refusal: Refused<Name> | undefined
  /** From the newest again. */
  reload: () => Promise<void>
}

/** So many pages of twenty rows stay on the screen; older ones push newer ones out. */
const PAGES_KEPT = 3

/** An endless list: the next page when the end is reached, the newest whenever it is shown. */
export function usePages<Name extends PagedCall>(
  name: Name,
  filter: Filter<Name>,
): UsedPages<Name> {
  const question = JSON.stringify(filter)
  const [pages, setPages] = useState<{
    kept: ReplyOf<Calls[Name]>[]
    dropped: number
    refusal?: Refused<Name>
  }>({ kept: [], dropped: 0 })
  const [isLoading, setLoading] = useState(true)
  const turn = useRef(0)

  const ask = useCallback(
    async (after: string | undefined) => {
      turn.current += 1
      const mine = turn.current
      setLoading(true)
      const request = { ...JSON.parse(question), ...(after === undefined ? {} : { after }) }
      const answer = await callCloud(name, request as RequestOf<Calls[Name]>)
      if (mine !== turn.current) return
      setLoading(false)
      setPages((before) => {
        if (!answer.ok) return { ...before, refusal: answer as Refused<Name> }
        const all = after === undefined ? [answer.reply] : [...before.kept, answer.reply]
        const dropped = after === undefined ? 0 : before.dropped
        const over = Math.max(0, all.length - PAGES_KEPT)
        return { kept: all.slice(over), dropped: dropped + over }
      })
    },
    [name, question],
  )
  const reload = useCallback(() => ask(undefined), [ask])
  const next = pages.kept.at(-1)?.next

  useEffect(() => {
    setPages({ kept: [], dropped: 0 })
    void reload()
  }, [reload])
  const shownBefore = useRef(false)
  useDidShow(() => {
    if (shownBefore.current && pages.dropped === 0) void reload()
    shownBefore.current = true
  })
  useReachBottom(() => {
    if (next !== undefined && !isLoading) void ask(next)
  })
  return {
    rows: pages.kept.flatMap((page) => page.rows as RowOf<Name>[]),
    hasNewer: pages.dropped > 0,
    hasMore: next !== undefined,
    isLoading,
    refusal: pages.refusal,
    reload,
  }
}
