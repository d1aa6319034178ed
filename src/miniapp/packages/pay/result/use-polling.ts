import { useDidHide, useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef } from 'react'

/**
 * Runs `look` while the page is shown, again after as many milliseconds as it answers, until it
 * answers null. A page that is hidden looks no more; shown again, it looks at once.
 */
export function usePolling(look: () => Promise<number | null>): void {
  const latest = useRef(look)
  latest.current = look
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const turn = useRef(0)
  const isLooking = useRef(false)

  const stop = useCallback(() => {
    turn.current += 1
    isLooking.current = false
    clearTimeout(timer.current)
  }, [])

  const begin = useCallback(() => {
    if (isLooking.current) return
    isLooking.current = true
    const mine = turn.current
    const step = async () => {
      const waitMs = await latest.current()
      if (mine !== turn.current) return
      if (waitMs === null) isLooking.current = false
      else timer.current = setTimeout(() => void step(), waitMs)
    }
    void step()
  }, [])

  useEffect(() => {
    begin()
    return stop
  }, [begin, stop])
  useDidShow(begin)
  useDidHide(stop)
}
