import Taro, { useDidShow } from '@tarojs/taro'
import { useEffect } from 'react'

/**
 * The words in the bar above the page; they follow the language while the page is open. Empty ones
 * leave the bar as it is.
 */
export function useTitle(title: string): void {
  const show = () => {
    if (title !== '') void Taro.setNavigationBarTitle({ title })
  }
  useEffect(show, [title])
  useDidShow(show)
}
