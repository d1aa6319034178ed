import { emit, hasListener } from './events'
import { phoneShell } from './program'
import { ApiFault } from './wx-api'
import { holder } from './wx-storage'

/** What WeChat counts as private, of what the program may call (wx.onNeedPrivacyAuthorization). */
export const PRIVATE_APIS: readonly string[] = ['saveImageToPhotosAlbum', 'setClipboardData']
const KEY = `privacy/${holder}`

type PrivacyAnswer = { event: 'exposureAuthorization' | 'agree' | 'disagree'; buttonId?: string }

/** A button with open-type agreePrivacyAuthorization was tapped. */
export function agreePrivacy(): void {
  localStorage.setItem(KEY, 'agreed')
}

/**
 * Holds a private call until the person has agreed, as WeChat does: the program is asked where it
 * listens, else WeChat asks itself. Throws when the answer is no.
 */
export async function privacyFor(api: string): Promise<void> {
  if (localStorage.getItem(KEY) !== null) return
  const agreed = hasListener('NeedPrivacyAuthorization')
    ? await askProgram(api)
    : await phoneShell()?.ask({
        title: '隐私保护',
        text: '万家要用到您的隐私信息',
        yes: '同意',
        no: '拒绝',
      })
  if (agreed !== true) throw new ApiFault('privacy permission is not authorized', { errno: 104 })
  agreePrivacy()
}

/** Consent counts only with the button that it was given by. */
function askProgram(api: string): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = ({ event, buttonId = '' }: PrivacyAnswer) => {
      if (event === 'disagree') resolve(false)
      if (event === 'agree') resolve(document.getElementById(buttonId) !== null)
    }
    emit('NeedPrivacyAuthorization', settle, { referrer: api })
  })
}
