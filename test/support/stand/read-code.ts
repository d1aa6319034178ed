import type { Locator, Page } from 'playwright-core'
import decodeQR from 'qr/decode.js'

/** A code on the screen: four pixels for each of its 69 modules, and a margin. */
const SCREEN = { side: 300, margin: 12 }
/** Where the code is in a picture of a receipt: its middle, from so far below the top. */
const PICTURE = { side: 480, top: 284 }
const DARK = 128

/** The text of the QR code that an image on the screen shows, read from its pixels. */
export async function readCode(image: Locator): Promise<string> {
  const pixels = await image.evaluate(
    async (element, { side, margin, dark }) => {
      // What is named is the picture's place; the pixels are within.
      const picture = element.querySelector('img') ?? (element as HTMLImageElement)
      await picture.decode()
      const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side })
      const pen = canvas.getContext('2d')
      if (pen === null) throw new Error('no canvas')
      pen.fillStyle = '#fff'
      pen.fillRect(0, 0, side, side)
      pen.drawImage(picture, margin, margin, side - 2 * margin, side - 2 * margin)
      const { data } = pen.getImageData(0, 0, side, side)
      let text = ''
      for (let at = 0; at < data.length; at += 4) text += (data[at] ?? 0) < dark ? '1' : '0'
      return text
    },
    { ...SCREEN, dark: DARK },
  )
  return decoded(pixels, SCREEN.side)
}

/** The text of the QR code in a picture of a receipt. */
export async function codeInPicture(page: Page, url: string): Promise<string> {
  const pixels = await page.evaluate(
    async ({ source, side, top, dark }) => {
      const picture = Object.assign(new Image(), { src: source })
      await picture.decode()
      const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side })
      const pen = canvas.getContext('2d')
      if (pen === null) throw new Error('no canvas')
      pen.drawImage(picture, (side - picture.width) / 2, -top)
      const { data } = pen.getImageData(0, 0, side, side)
      let text = ''
      for (let at = 0; at < data.length; at += 4) text += (data[at] ?? 0) < dark ? '1' : '0'
      return text
    },
    { source: url, ...PICTURE, dark: DARK },
  )
  return decoded(pixels, PICTURE.side)
}

/** `pixels`: 1 for dark, 0 for light, row by row; more would take minutes to come over. */
function decoded(pixels: string, side: number): string {
  const data = Uint8Array.from(
    [...pixels].flatMap((one) => [...Array(3).fill(one === '1' ? 0 : 255), 255]),
  )
  return decodeQR({ width: side, height: side, data })
}
