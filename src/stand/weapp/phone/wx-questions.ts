import { phoneShell } from './program'

type Modal = {
  title?: string
  content?: string
  confirmText?: string
  cancelText?: string
  showCancel?: boolean
}

/** What WeChat itself asks and shows over the page. */
export const questions = {
  showModal: async ({ title = '', content = '', showCancel = true, ...texts }: Modal) => {
    const confirm = await phoneShell()?.ask({
      title,
      text: content,
      yes: texts.confirmText ?? '确定',
      ...(showCancel ? { no: texts.cancelText ?? '取消' } : {}),
    })
    return { confirm: confirm === true, cancel: confirm !== true }
  },
  /** WeChat's page of permissions; the album is the only one that the program asks for. */
  openSetting: async () => {
    const shell = phoneShell()
    const agreed = await shell?.ask({ title: '设置', text: '保存到相册', yes: '允许', no: '返回' })
    if (agreed === true) shell?.openAlbum()
    return { authSetting: { 'scope.writePhotosAlbum': shell?.isAlbumOpen() === true } }
  },
  setClipboardData: async ({ data }: { data: string }) => {
    try {
      await navigator.clipboard.writeText(data)
    } catch {
      // A browser may keep its clipboard to itself; WeChat never does.
    }
    phoneShell()?.say('内容已复制')
  },
}
