import Taro from '@tarojs/taro'
import type { BarColours } from './bar-colours'

/** Colours the tabs; a page without tabs has none to colour. */
export function paintTabs(colours: BarColours): void {
  Taro.setTabBarStyle({
    color: colours.tabText,
    selectedColor: colours.tabSelected,
    backgroundColor: colours.tabBackground,
    borderStyle: colours.tabBorder,
  }).catch(() => undefined)
}
