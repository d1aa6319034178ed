import { phoneShell } from './program'
import { ApiFault } from './wx-api'

const files = new Map<string, string>()

function fileNamed(path: string): string {
  const content = files.get(path)
  if (content === undefined) throw new ApiFault(`no such file ${path}`)
  return content
}

/** Files and canvases that are at hand at once. */
export const pictures = {
  createOffscreenCanvas: ({ width, height }: { width: number; height: number }) =>
    Object.assign(document.createElement('canvas'), { width, height }),
  getFileSystemManager: () => ({
    writeFile: ({
      filePath,
      data,
      success,
    }: {
      filePath: string
      data: string
      success?: (result: object) => void
    }) => {
      files.set(filePath, data)
      success?.({ errMsg: 'writeFile:ok' })
    },
  }),
}

/** The album and the share menu: outside this phone, so the visitor's browser keeps the picture. */
export const album = {
  saveImageToPhotosAlbum: ({ filePath }: { filePath: string }) => {
    if (phoneShell()?.isAlbumOpen() === false) throw new ApiFault('auth deny')
    download(fileNamed(filePath))
  },
  showShareImageMenu: ({ path }: { path: string }) => {
    download(fileNamed(path))
    phoneShell()?.say('→ WeChat')
  },
}

function download(base64: string): void {
  const link = document.createElement('a')
  Object.assign(link, { href: `data:image/png;base64,${base64}`, download: 'receipt.png' })
  link.click()
}
