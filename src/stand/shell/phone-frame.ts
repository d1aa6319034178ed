import { colourBars, colourTabs, statusBar, titleBar } from './bars'
import { scanWith, textOf } from './camera'
import { element } from './element'
import { openSheet } from './pay-sheet'
import { askOver } from './question'
import type { PageInPhone, ShellOfPhone } from './shell-of-phone'
import { tabBar } from './tab-bar'

/** Which of the two builds a phone runs: WeChat's, or the web page. */
export type Build = 'weapp' | 'h5'
type PhoneWindow = Window & { phone?: PageInPhone }

const PAGES = { weapp: '/weapp/phone', h5: '/h5' }
const SPEAK_MS = 4_000

/** A phone's frame round one of the two builds: bars above, tabs below, the page between them. */
export function createPhone(build: Build, now: () => number) {
  let page = element('iframe')
  const inner = <Page extends PageInPhone = PageInPhone>() =>
    (page.contentWindow as PhoneWindow | null)?.phone as Page | undefined
  const title = titleBar({ hasCapsule: build === 'weapp', onBack: () => inner()?.back() })
  const tabs = tabBar((index) => inner<PageInPhone & { tab: (at: number) => void }>()?.tab(index))
  const said = element('div', { className: 'said', role: 'status' })
  const screen = element('div', { className: 'phone', role: 'region', label: 'phone' }, [
    statusBar(now),
    title.bar,
    page,
    // The web build draws its tabs itself.
    ...(build === 'weapp' ? [tabs.bar] : []),
    said,
  ])
  const state = { isOnline: true, isAlbumOpen: true }
  let otherScreen: string | undefined
  let otherCode: string | undefined

  const shell: ShellOfPhone = {
    showPage: ({ title: text, tab, canGoBack, bar }) => {
      title.show(text, canGoBack)
      tabs.light(tab)
      colourBars(screen, bar)
    },
    nameTab: tabs.name,
    styleTabs: (look) => colourTabs(screen, look),
    openSheet: async (parameters) =>
      state.isOnline ? openSheet(screen, parameters) : { kind: 'failed', reason: 'no network' },
    scan: () => scanWith(screen, otherScreen),
    codeBefore: () => otherCode,
    ask: (question) => askOver(screen, question),
    say: (message) => {
      said.textContent = message
      setTimeout(() => {
        if (said.textContent === message) said.textContent = ''
      }, SPEAK_MS)
    },
    isOnline: () => state.isOnline,
    isAlbumOpen: () => state.isAlbumOpen,
    openAlbum: () => {
      state.isAlbumOpen = true
    },
    now,
  }
  window.phoneShell = shell

  return {
    build,
    screen,
    shell,
    state,
    inner,
    /** Whoever was here is gone with everything that ran; the program begins anew for the holder. */
    open: (holder: string) => {
      for (const left of screen.querySelectorAll('.pay-sheet, .camera, .veil')) left.remove()
      title.show('', false)
      tabs.light(undefined)
      const next = element('iframe', { className: 'page' })
      next.title = 'mini-program'
      next.src = `${PAGES[build]}?who=${encodeURIComponent(holder)}`
      page.replaceWith(next)
      page = next
    },
    /** What is on the screen now stays in view of the next phone's camera. */
    putAside: () => {
      const codes = page.contentDocument?.querySelectorAll<HTMLImageElement>('.qr img') ?? []
      otherScreen = [...codes].find((code) => code.offsetParent !== null)?.src
      otherCode = undefined
      if (otherScreen === undefined) return
      void textOf(otherScreen).then((text) => {
        otherCode = text
      })
    },
  }
}
export type PhoneInHand = ReturnType<typeof createPhone>
