import Taro, { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { BAR_COLOURS } from './bar-colours'
import { choices, onChoice } from './choices'
import { paintBars } from './paint-bars'

/** Keeps what WeChat draws round a page in the theme in force, which its own dark mode does not know. */
export function useBarColours(): void {
  const { theme } = useSyncExternalStore(onChoice, choices)
  const show = useCallback(() => {
    const inForce = theme === 'follow' ? Taro.getAppBaseInfo().theme : theme
    paintBars(BAR_COLOURS[inForce ?? 'light'])
  }, [theme])
  useEffect(() => {
    show()
    Taro.onThemeChange(show)
    return () => Taro.offThemeChange(show)
  }, [show])
  useDidShow(show)
}
