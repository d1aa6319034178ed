import Taro from '@tarojs/taro'
import type { Pen } from './pen'
import type { Picture } from './receipt-picture'

/**
 * Saves a picture to the phone's album. The picture is written to a file from its data URL: WeChat on
 * a PC makes no file of a canvas that is not on the page. Throws when the album may not be written to.
 */
export async function savePicture(picture: Picture): Promise<void> {
  await Taro.saveImageToPhotosAlbum({ filePath: await fileOf(picture) })
}

/** Opens WeChat's menu for sending or keeping a picture. Throws when the menu was closed again. */
export async function sharePicture(picture: Picture): Promise<void> {
  await Taro.showShareImageMenu({ path: await fileOf(picture) })
}

async function fileOf({ width, height, paint }: Picture): Promise<string> {
  const canvas = Taro.createOffscreenCanvas({ type: '2d', width, height })
  paint(canvas.getContext('2d') as unknown as Pen)
  const url = (canvas as unknown as HTMLCanvasElement).toDataURL('image/png')
  const filePath = `${Taro.env.USER_DATA_PATH}/receipt.png`
  await new Promise<void>((resolve, reject) => {
    Taro.getFileSystemManager().writeFile({
      filePath,
      data: url.slice(url.indexOf(',') + 1),
      encoding: 'base64',
      success: () => resolve(),
      fail: reject,
    })
  })
  return filePath
}
