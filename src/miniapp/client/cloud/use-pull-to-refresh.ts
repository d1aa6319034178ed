import Taro, { usePullDownRefresh } from '@tarojs/taro'

/** Pulling the page down asks again; the page needs `enablePullDownRefresh` in its config. */
export function usePullToRefresh(reload: () => Promise<void>): void {
  usePullDownRefresh(() => {
    void reload().finally(() => Taro.stopPullDownRefresh())
  })
}
