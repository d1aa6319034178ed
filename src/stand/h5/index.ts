import { followClock } from '../shell/follow-clock'
import type { PageInPhone } from '../shell/shell-of-phone'
import { ownStorage } from './own-storage'

/**
 * Runs before the web build in its page, put there by the stand alone: gives each person a storage,
 * and ties the page to the phone around it. The build knows nothing of it.
 */
const shell = window.parent.phoneShell
const holder = new URLSearchParams(location.search).get('who') ?? 'nobody'

ownStorage(`h5/${holder}/`)
if (shell !== undefined) {
  followClock(shell.now)
  const { fetch, prompt } = window
  window.fetch = (...request) =>
    shell.isOnline() ? fetch(...request) : Promise.reject(new TypeError('no network'))
  // A browser has no camera of WeChat's: the code on the other screen is filled in for the visitor.
  window.prompt = (question) => prompt.call(window, question, shell.codeBefore() ?? '')
}

type TaroWindow = Window & { __taroAppConfig?: { tabBar?: { list: { pagePath: string }[] } } }

function tellShell(): void {
  const tabs = (window as TaroWindow).__taroAppConfig?.tabBar?.list ?? []
  const route = location.hash.replace(/^#?\/?/, '').split('?')[0] ?? ''
  const isTab = route === '' || tabs.some(({ pagePath }) => pagePath.replace(/^\//, '') === route)
  shell?.showPage({ title: document.title, canGoBack: !isTab })
}

// Every page that comes on top writes its title, also when it is the one before.
new MutationObserver(tellShell).observe(document.head, { subtree: true, childList: true })

const phone: PageInPhone = {
  back: () => history.back(),
  refresh: () => location.reload(),
}
Object.assign(window, { phone })
