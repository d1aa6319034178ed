import Taro from '@tarojs/taro'

/** The text of a bar code or QR code held before the camera; undefined when the resident gave up. */
export async function scanText(): Promise<string | undefined> {
  try {
    return (await Taro.scanCode({ scanType: ['barCode', 'qrCode'] })).result
  } catch {
    return undefined
  }
}
