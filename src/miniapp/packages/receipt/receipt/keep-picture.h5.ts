import Taro from '@tarojs/taro'
import type { Picture } from './receipt-picture'

/** A browser keeps a picture among its downloads. */
export async function savePicture({ width, height, paint }: Picture): Promise<void> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('this browser paints no pictures')
  paint(pen)
  await Taro.saveImageToPhotosAlbum({ filePath: canvas.toDataURL('image/png') })
}

/** A browser has no share menu for pictures: the picture is kept, for the visitor to send. */
export function sharePicture(picture: Picture): Promise<void> {
  return savePicture(picture)
}
