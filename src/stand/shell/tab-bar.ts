import { element } from './element'

const TABS = [
  { text: '首页', picture: 'home' },
  { text: '账单', picture: 'bills' },
  { text: '我', picture: 'me' },
] as const

/** WeChat's tabs below a mini-program's page. */
export function tabBar(onTap: (index: number) => void) {
  const tabs = TABS.map(({ text, picture }, index) => tabButton(text, picture, () => onTap(index)))
  const bar = element(
    'nav',
    { className: 'tabs' },
    tabs.map(({ button }) => button),
  )
  bar.hidden = true
  return {
    bar,
    /** Undefined: no tab is on top. */
    light: (lit: number | undefined) => {
      bar.hidden = lit === undefined
      for (const [index, one] of tabs.entries()) one.light(index === lit)
    },
    name: (index: number, text: string) => tabs[index]?.name(text),
  }
}

function tabButton(text: string, name: string, onTap: () => void) {
  const picture = element('img')
  picture.alt = ''
  const label = element('span', { text })
  const button = element('button', { onTap }, [picture, label])
  return {
    button,
    light: (on: boolean) => {
      picture.src = `/weapp/program/assets/tab/${name}${on ? '-on' : ''}.png`
      button.classList.toggle('on', on)
      if (on) button.setAttribute('aria-current', 'page')
      else button.removeAttribute('aria-current')
    },
    name: (next: string) => {
      label.textContent = next
    },
  }
}
