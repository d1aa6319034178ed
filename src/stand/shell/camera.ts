import decodeQR from 'qr/decode.js'
import { element } from './element'
import { words } from './words'

const SIDE = 480

/**
 * The phone's camera: what it is held before is the screen of the phone that was in hand before, or
 * a text that is pasted. Gives the text of the code, undefined when it was closed.
 */
export function scanWith(
  over: HTMLElement,
  otherScreen: string | undefined,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const finish = (text: string | undefined) => {
      dialog.remove()
      resolve(text)
    }
    const trouble = element('p', { className: 'trouble', role: 'status' })
    const pasted = element('input', { label: words.paste })
    pasted.placeholder = words.paste
    const look = async (picture: string) => {
      const text = await textOf(picture)
      if (text === undefined) trouble.textContent = words.unreadable
      else finish(text)
    }
    const dialog = element('div', { className: 'camera', role: 'dialog', label: words.camera }, [
      element('p', { text: words.cameraNote }),
      otherScreen === undefined
        ? element('p', { className: 'quiet', text: words.noOtherPhone })
        : screenButton(otherScreen, () => void look(otherScreen)),
      pasted,
      trouble,
      element('div', { className: 'row' }, [
        element('button', {
          text: words.use,
          onTap: () => {
            if (pasted.value !== '') finish(pasted.value)
          },
        }),
        element('button', { text: words.close, onTap: () => finish(undefined) }),
      ]),
    ])
    over.append(dialog)
  })
}

function screenButton(picture: string, onTap: () => void): HTMLElement {
  const image = element('img')
  image.src = picture
  image.alt = ''
  return element('button', { className: 'screen', label: words.otherPhone, onTap }, [image])
}

/** Reads a QR code from its picture, pixel by pixel, as a camera would. */
export async function textOf(picture: string): Promise<string | undefined> {
  const image = element('img')
  image.src = picture
  await image.decode()
  const canvas = element('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const context = canvas.getContext('2d')
  if (context === null) return undefined
  context.fillStyle = '#fff'
  context.fillRect(0, 0, SIDE, SIDE)
  context.drawImage(image, 24, 24, SIDE - 48, SIDE - 48)
  try {
    return decodeQR(context.getImageData(0, 0, SIDE, SIDE))
  } catch {
    return undefined
  }
}
