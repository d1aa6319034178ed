import Taro from '@tarojs/taro'
import type { BarColours } from './bar-colours'
import { paintTabs } from './paint-tabs'

/** Colours what WeChat draws round the page in front. `paint-bars.h5` is its twin. */
export function paintBars(colours: BarColours): void {
  const { background } = colours
  for (const painted of [
    Taro.setNavigationBarColor({
      backgroundColor: colours.navBackground,
      frontColor: colours.navText === 'black' ? '#000000' : '#ffffff',
    }),
    Taro.setBackgroundColor({
      backgroundColor: background,
      backgroundColorTop: background,
      backgroundColorBottom: background,
    }),
    Taro.setBackgroundTextStyle({ textStyle: colours.pull }),
  ]) {
    // A page that is just being left cannot be painted any more; the next one paints itself.
    painted.catch(() => undefined)
  }
  paintTabs(colours)
}
