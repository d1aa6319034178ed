import Taro, { useDidShow } from '@tarojs/taro'
import { useEffect } from 'react'

/** The words in the bar above the page; they follow the language while the page is open. */
export function useTitle(title: string): void {
  const show = () => void Taro.setNavigationBarTitle({ title })
  useEffect(show, [title])
  useDidShow(show)
}
