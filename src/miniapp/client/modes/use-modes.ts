import Taro from '@tarojs/taro'
import { useSyncExternalStore } from 'react'
import { type Choices, choices, onChoice } from './choices'

/** How pages look and speak: the resident's choice, else the phone's. */
export type Modes = {
  language: 'zh' | 'en'
  isCare: boolean
  /** For the page's outermost view. */
  className: string
}

/** From this text scale on WeChat's reader wants large type. */
const CARE_SCALE = 1.2

/** The modes in force, on every open page at once. */
export function useModes(): Modes {
  return modesOf(useSyncExternalStore(onChoice, choices))
}

export function modesOf(chosen: Choices): Modes {
  const phone = phoneSettings()
  const isCare = chosen.care === 'follow' ? phone.scale >= CARE_SCALE : chosen.care === 'on'
  const language = chosen.language === 'follow' ? phone.language : chosen.language
  const theme = { follow: 'wj-auto', light: 'wj-light', dark: 'wj-dark' }[chosen.theme]
  return { language, isCare, className: `wj ${theme}${isCare ? ' wj-care' : ''}` }
}

function phoneSettings(): { scale: number; language: 'zh' | 'en' } {
  // biome-ignore lint/style/noProcessEnv: Taro replaces it at build time with the platform's name
  if (process.env.TARO_ENV === 'h5') return { scale: 1, language: 'zh' }
  const base = Taro.getAppBaseInfo() as { fontSizeScaleFactor?: number; language?: string }
  return {
    scale: base.fontSizeScaleFactor ?? 1,
    language: base.language?.startsWith('en') === true ? 'en' : 'zh',
  }
}
