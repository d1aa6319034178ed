import { STAND_TEXTS } from './stand-texts'

/** The stand speaks the visitor's language; the phone has its own. */
export const language: 'zh' | 'en' = navigator.language.startsWith('zh') ? 'zh' : 'en'
export const words = STAND_TEXTS[language]
