import type { SheetResult } from './pay-sheet'

/** What the phone around a mini-program's page does: bars, sheets, the camera, the wire. */
export type ShellOfPhone = {
  /** The page on top has changed: its bar, its tabs, whether one can go back. */
  showPage: (page: { title: string; tab: number | undefined; canGoBack: boolean }) => void
  nameTab: (index: number, text: string) => void
  openSheet: (parameters: Record<string, unknown>) => Promise<SheetResult>
  /** The text of a code held before the camera; undefined when the scanner was closed. */
  scan: () => Promise<string | undefined>
  say: (message: string) => void
  isOnline: () => boolean
}
