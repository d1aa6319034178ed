import type { Phone } from '../phone'
import { scanWith } from './camera'
import { element } from './element'
import { openSheet } from './pay-sheet'
import type { ShellOfPhone } from './shell-of-phone'
import { words } from './words'

type Tab = { text: string; icon: string; iconOn: string }
type PhoneWindow = Window & { phone?: Phone }

const TABS: readonly Tab[] = ['home', 'bills', 'me'].map((name) => ({
  text: { home: '首页', bills: '账单', me: '我' }[name] ?? name,
  icon: `/weapp/program/assets/tab/${name}.png`,
  iconOn: `/weapp/program/assets/tab/${name}-on.png`,
}))
const SPEAK_MS = 4_000

/** WeChat's own frame round a mini-program: bar above, tabs below, the page between them. */
export function createPhone() {
  const title = element('div', { className: 'title' })
  const back = element('button', { className: 'back', text: '‹', label: words.back })
  const page = element('iframe', { className: 'page', label: 'mini-program' })
  const tabs = TABS.map((tab, index) => tabButton(tab, () => inner()?.tab(index)))
  const tabBar = element(
    'nav',
    { className: 'tabs' },
    tabs.map(({ button }) => button),
  )
  const said = element('div', { className: 'said', role: 'status' })
  const screen = element('div', { className: 'phone', role: 'region', label: 'phone' }, [
    element('div', { className: 'clock' }, [clock(), element('span', { text: '5G ▪▪▪' })]),
    element('header', { className: 'bar' }, [
      back,
      title,
      element('span', { className: 'capsule' }),
    ]),
    page,
    tabBar,
    said,
  ])
  let otherScreen: string | undefined
  let isOnline = true
  const inner = () => (page.contentWindow as PhoneWindow | null)?.phone

  const shell: ShellOfPhone = {
    showPage: ({ title: text, tab, canGoBack }) => {
      title.textContent = text
      back.hidden = !canGoBack
      tabBar.hidden = tab === undefined
      for (const [index, one] of tabs.entries()) one.light(index === tab)
    },
    nameTab: (index, text) => tabs[index]?.name(text),
    openSheet: (parameters) => openSheet(screen, parameters),
    scan: () => scanWith(screen, otherScreen),
    say: (message) => {
      said.textContent = message
      setTimeout(() => {
        if (said.textContent === message) said.textContent = ''
      }, SPEAK_MS)
    },
    isOnline: () => isOnline,
  }
  window.phoneShell = shell
  back.addEventListener('click', () => inner()?.back())

  const open = (holder: string) => {
    for (const left of screen.querySelectorAll('.pay-sheet, .camera')) left.remove()
    page.src = `/weapp/phone?who=${encodeURIComponent(holder)}`
  }
  return {
    screen,
    open,
    inner,
    shell,
    /** What is on the screen now stays in view of the next phone's camera. */
    putAside: () => {
      const code = page.contentDocument?.querySelector<HTMLImageElement>(
        '.page:not([hidden]) .qr img',
      )
      otherScreen = code?.src
    },
    setOnline: (online: boolean) => {
      isOnline = online
    },
  }
}

function clock(): HTMLElement {
  const now = new Date()
  return element('b', { text: `${now.getHours()}:${String(now.getMinutes()).padStart(2, '0')}` })
}

function tabButton(tab: Tab, onTap: () => void) {
  const picture = element('img')
  picture.alt = ''
  const label = element('span', { text: tab.text })
  const button = element('button', { onTap }, [picture, label])
  return {
    button,
    light: (on: boolean) => {
      picture.src = on ? tab.iconOn : tab.icon
      button.classList.toggle('on', on)
      if (on) button.setAttribute('aria-current', 'page')
      else button.removeAttribute('aria-current')
    },
    name: (text: string) => {
      label.textContent = text
    },
  }
}
