import Taro, { useDidShow } from '@tarojs/taro'
import { useEffect } from 'react'
import { SHELL_WORDS } from '../words/shell'
import { useWords } from './use-words'

/** Names the tabs in the language in force; only a tab page can. */
export function useTabNames(): void {
  const { tabs } = useWords(SHELL_WORDS)
  const show = () => {
    for (const [index, text] of tabs.entries()) {
      // A page that is just being left has no tab bar any more; the next one names the tabs again.
      Taro.setTabBarItem({ index, text }).catch(() => undefined)
    }
  }
  useEffect(show, [tabs])
  useDidShow(show)
}
