import Taro from '@tarojs/taro'

/** The id of the button with open-type `agreePrivacyAuthorization`, as the platform wants it named. */
export const AGREE_BUTTON_ID = 'agree-privacy'

type Settle = Parameters<Parameters<typeof Taro.onNeedPrivacyAuthorization>[0]>[0]

let waiting: Settle[] = []
const listeners = new Set<() => void>()

/**
 * From now on the platform asks here before it gives a page anything private (`__usePrivacyCheck__`,
 * wx.onNeedPrivacyAuthorization). What it wants waits until the resident has answered on the page in
 * front.
 */
export function openPrivacyGate(): void {
  if (!Taro.canIUse('onNeedPrivacyAuthorization')) return
  Taro.onNeedPrivacyAuthorization((settle) => {
    // Where no page can ask, the answer is no at once: it would be waited for without end.
    if (listeners.size === 0) return settle({ event: 'disagree' })
    waiting.push(settle)
    tellListeners()
  })
}

export function isPrivacyAsked(): boolean {
  return waiting.length > 0
}

/** Answers everything that waits: agreed by the button, or not. */
export function settlePrivacy(event: 'agree' | 'disagree'): void {
  const settled = waiting
  waiting = []
  for (const settle of settled) {
    settle(event === 'agree' ? { event, buttonId: AGREE_BUTTON_ID } : { event })
  }
  tellListeners()
}

/** Calls `listener` whenever the gate opens or shuts; gives what ends that. */
export function watchPrivacy(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function tellListeners(): void {
  for (const listener of listeners) listener()
}
