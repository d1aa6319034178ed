import type { SheetResult } from './pay-sheet'

/** How the bar above a page looks; absent where the program said nothing of its own. */
export type BarLook = { front: string; background: string }
export type TabLook = { text: string; selected: string; background: string; line: string }
export type Question = { title: string; text: string; yes: string; no?: string }

/** What the phone around a page does: bars, sheets, the camera, the wire, the time. */
export type ShellOfPhone = {
  /** The page on top has changed: its bar, its tabs, whether one can go back. */
  showPage: (page: {
    title: string
    tab?: number | undefined
    canGoBack: boolean
    bar?: BarLook | undefined
  }) => void
  nameTab: (index: number, text: string) => void
  styleTabs: (look: TabLook) => void
  openSheet: (parameters: Record<string, unknown>) => Promise<SheetResult>
  /** The text of a code held before the camera; undefined when the scanner was closed. */
  scan: () => Promise<string | undefined>
  /** The text of the code on the screen of the phone before; undefined when there was none. */
  codeBefore: () => string | undefined
  /** WeChat's own question over the page: true for yes. */
  ask: (question: Question) => Promise<boolean>
  say: (message: string) => void
  isOnline: () => boolean
  isAlbumOpen: () => boolean
  openAlbum: () => void
  /** The city's time. */
  now: () => number
}

declare global {
  interface Window {
    /** Set on the window of the phone's frame: what it does for the page inside. */
    phoneShell?: ShellOfPhone
  }
}

/** What the page inside a phone does for the hand that holds it. */
export type PageInPhone = {
  back: () => void
  /** Pulls the page down, or loads it again. */
  refresh: () => void
}
