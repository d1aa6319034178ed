import Taro from '@tarojs/taro'

/** Reaches the environment that the mini-program is joined to. `start-cloud.h5` is its twin. */
export function startCloud(): void {
  Taro.cloud.init({ traceUser: false })
}
