import { followClock } from '../../shell/follow-clock'
import { registerBuiltIns } from './built-ins'
import { emit } from './events'
import { measureTree, meter } from './meter'
import { giveToModules, requireModule, theApp } from './modules'
import { addStyle, goBack, openPages, pushPage, showTab, tellShell, topPage } from './page-stack'
import { phoneShell, program } from './program'
import { onThemeChange, theme } from './theme'
import { platformTable } from './wx'
import { drawTabs } from './wx-looks'

/** From the end of a page so many pixels away the next rows are asked for, as WeChat does. */
const REACH_BOTTOM = 50
/** Nothing happened for so long: the page is at rest. */
const QUIET_MS = 60

const shell = phoneShell()
if (shell !== undefined) followClock(shell.now)
registerBuiltIns()
giveToModules({ wx: platformTable(), getCurrentPages: openPages })

let isAtBottom = false
window.addEventListener('scroll', () => {
  const { scrollHeight } = document.documentElement
  const isNow = window.scrollY + window.innerHeight >= scrollHeight - REACH_BOTTOM
  if (isNow && !isAtBottom) topPage().instance.onReachBottom?.()
  isAtBottom = isNow
})

/** What the phone around the page, and a test, may ask of it. */
const phone = {
  meter,
  back: () => goBack(),
  tab: (index: number) => {
    const item = program.json.app.tabBar?.list[index]
    if (item !== undefined) showTab(`/${item.pagePath}`)
  },
  refresh: () => topPage().instance.onPullDownRefresh?.(),
  toBackground: () => {
    topPage().instance.onHide?.()
    emit('AppHide')
  },
  toForeground: () => {
    emit('AppShow', {})
    topPage().instance.onShow?.()
  },
  measure: () => measureTree(topPage().host),
  /** Waits until nothing has moved for a moment; what waits for a person is not waited for. */
  atRest: async (limitMs = 2_000) => {
    const end = performance.now() + limitMs
    let seen = -1
    let since = performance.now()
    while (performance.now() - since < QUIET_MS && performance.now() < end) {
      const now = meter.setData.length + meter.calls.length
      if (now !== seen || meter.busy > 0) {
        seen = now
        since = performance.now()
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  },
}
export type Phone = typeof phone
Object.assign(window, { phone })

function start(): void {
  addStyle('app')
  requireModule('app')
  const app = theApp()
  const options = { path: program.json.app.pages[0], query: {}, scene: 1001, referrerInfo: {} }
  app.onLaunch?.(options)
  app.onShow?.(options)
  void pushPage(`/${program.json.app.pages[0]}`)
}

onThemeChange(() => {
  drawTabs()
  tellShell()
  emit('ThemeChange', { theme: theme() })
})
drawTabs()
start()
