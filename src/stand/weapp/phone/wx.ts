import { goBack, nameTop, pushPage, replacePage, showTab } from './page-stack'
import { phoneShell } from './program'
import { asApi } from './wx-api'
import { neighbours } from './wx-neighbours'
import { album, pictures } from './wx-pictures'
import { platform } from './wx-platform'
import { storage } from './wx-storage'

type Listener = (detail: unknown) => void

const listeners = new Map<string, Set<Listener>>()
const EVENTS = [
  'AppShow',
  'AppHide',
  'Error',
  'UnhandledRejection',
  'PageNotFound',
  'NetworkStatusChange',
  'MemoryWarning',
  'ThemeChange',
  'WindowResize',
  'KeyboardHeightChange',
  'NeedPrivacyAuthorization',
]

/** Tells whoever listens to an event of the platform. */
export function emit(name: string, detail?: unknown): void {
  for (const listener of listeners.get(name) ?? []) listener(detail)
}

const WITH_RESULT: Record<string, (options: never) => unknown> = {
  navigateTo: ({ url }: { url: string }) => pushPage(url).then(() => ({})),
  redirectTo: ({ url }: { url: string }) => replacePage(url).then(() => ({})),
  reLaunch: ({ url }: { url: string }) => showTab(url),
  switchTab: ({ url }: { url: string }) => showTab(url),
  navigateBack: ({ delta }: { delta?: number }) => goBack(delta),
  setNavigationBarTitle: ({ title }: { title: string }) => nameTop(title),
  setTabBarItem: ({ index, text }: { index: number; text: string }) =>
    phoneShell()?.nameTab(index, text),
  showToast: ({ title }: { title: string }) => phoneShell()?.say(title),
  ...neighbours,
  ...album,
}
/** Asked for by the runtime and answered with "done": nothing to see of them here. */
const QUIET = [
  'setNavigationBarColor',
  'showLoading',
  'hideLoading',
  'hideToast',
  'stopPullDownRefresh',
  'startPullDownRefresh',
  'pageScrollTo',
  'setTabBarStyle',
  'login',
  'checkSession',
]

/** The platform's table `wx`, as the program finds it. */
export function platformTable(): Record<string, unknown> {
  const table: Record<string, unknown> = { ...platform, ...storage, ...pictures }
  const cloud: Record<string, unknown> = { init: () => undefined }
  for (const [name, run] of Object.entries(WITH_RESULT)) {
    const [first = '', second] = name.split('.')
    if (second === undefined) table[first] = asApi(name, run)
    else cloud[second] = asApi(name, run)
  }
  for (const name of QUIET) table[name] = asApi(name, () => ({}))
  for (const event of EVENTS) {
    table[`on${event}`] = (listener: Listener) => {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener))
    }
    table[`off${event}`] = (listener: Listener) => listeners.get(event)?.delete(listener)
  }
  return { ...table, cloud }
}
