import { useDidHide, useDidShow } from '@tarojs/taro'
import { useRef } from 'react'

/** Runs `work` when the page comes back into sight. One that has just been opened is shown as well: that is not again. */
export function useShownAgain(work: () => void): void {
  const wasHidden = useRef(false)
  useDidHide(() => {
    wasHidden.current = true
  })
  useDidShow(() => {
    if (!wasHidden.current) return
    wasHidden.current = false
    work()
  })
}
