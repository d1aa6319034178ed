import Taro from '@tarojs/taro'
import { startCloud } from './cloud/start-cloud'
import { unfinishedPayments } from './payment/unfinished-payments'
import { openPrivacyGate } from './privacy/privacy-gate'

/** What the app does once, before its first page: reach the cloud, guard privacy, take updates. */
export function startApp(): void {
  startCloud()
  openPrivacyGate()
  takeUpdates()
}

/**
 * A new version that has been fetched is put in place the next time the program goes to the
 * background, never while a payment is unfinished: it would be cut off on its way back from
 * WeChat's sheet.
 */
function takeUpdates(): void {
  // A web page is always its newest version: only WeChat has updates to put in place.
  if (Taro.getEnv() !== Taro.ENV_TYPE.WEAPP) return
  const updates = Taro.getUpdateManager()
  updates.onUpdateReady(() => {
    Taro.onAppHide(() => {
      if (unfinishedPayments().length === 0) updates.applyUpdate()
    })
  })
}
