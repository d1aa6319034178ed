import Taro, { useDidShow } from '@tarojs/taro'
import { useEffect } from 'react'
import { useBarColours } from '../modes/use-bar-colours'

/**
 * The words in the bar above the page, in the colours of the theme; they follow the language while
 * the page is open. Empty ones leave the words as they are.
 */
export function useTitle(title: string): void {
  useBarColours()
  const show = () => {
    if (title !== '') void Taro.setNavigationBarTitle({ title })
  }
  useEffect(show, [title])
  useDidShow(show)
}
