import Taro from '@tarojs/taro'
import type { RequestPaymentParameters } from '../../../contract/start-payment'

/** What the phone saw of WeChat's sheet. It is never a proof that money moved or did not. */
export type SheetReturn = 'ok' | 'cancelled' | 'failed' | 'not-opened'

/** Opens WeChat's payment sheet and waits until it is gone. Never rejects. */
export async function openSheet(parameters: RequestPaymentParameters): Promise<SheetReturn> {
  try {
    await Taro.requestPayment(parameters)
    return 'ok'
  } catch (fault) {
    return isCancelled(fault) ? 'cancelled' : 'failed'
  }
}

/** WeChat says `requestPayment:fail cancel` (wx.requestPayment, errMsg). */
function isCancelled(fault: unknown): boolean {
  const message = (fault as { errMsg?: unknown } | null)?.errMsg
  return typeof message === 'string' && message.includes('cancel')
}
