import { clockTimeOf } from '../../core/time'
import { element } from './element'
import type { BarLook, TabLook } from './shell-of-phone'
import { words } from './words'

const SIGNAL =
  '<svg viewBox="0 0 18 12" width="18" height="12" fill="currentColor" aria-hidden="true"><rect x="0" y="8" width="3" height="4" rx="1"/><rect x="5" y="5.5" width="3" height="6.5" rx="1"/><rect x="10" y="3" width="3" height="9" rx="1"/><rect x="15" y="0" width="3" height="12" rx="1"/></svg>'
const BATTERY =
  '<svg viewBox="0 0 25 12" width="25" height="12" aria-hidden="true"><rect x=".75" y=".75" width="22.5" height="10.5" rx="3" fill="none" stroke="currentColor" stroke-width="1.5"/><rect x="3" y="3" width="14" height="6" rx="1" fill="currentColor"/><path d="M24.2 4.2v3.6" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/></svg>'
const CAPSULE =
  '<svg viewBox="0 0 87 32" width="87" height="32" fill="currentColor" aria-hidden="true"><circle cx="14" cy="16" r="2"/><circle cx="21.75" cy="16" r="3.25"/><circle cx="29.5" cy="16" r="2"/><path d="M43.5 7v18" stroke="currentColor" stroke-opacity=".25"/><circle cx="65.25" cy="16" r="7.5" fill="none" stroke="currentColor" stroke-width="2"/><circle cx="65.25" cy="16" r="3"/></svg>'

/** Time, signal and battery, with the city's time. */
export function statusBar(now: () => number): HTMLElement {
  const time = element('b')
  const tell = () => {
    time.textContent = clockTimeOf(now())
  }
  tell()
  setInterval(tell, 1_000)
  return element('div', { className: 'status-bar' }, [
    time,
    element('span', { className: 'power' }, [drawing(SIGNAL), drawing(BATTERY)]),
  ])
}

/** The bar above a page: the way back, the title, and in WeChat its capsule. */
export function titleBar(settings: { hasCapsule: boolean; onBack: () => void }) {
  const title = element('div', { className: 'title' })
  const back = element('button', {
    className: 'back',
    text: '‹',
    label: words.back,
    onTap: settings.onBack,
  })
  const capsule = element('span', { className: 'capsule' }, [drawing(CAPSULE)])
  return {
    bar: element('header', { className: 'bar' }, [
      back,
      title,
      ...(settings.hasCapsule ? [capsule] : []),
    ]),
    show: (text: string, canGoBack: boolean) => {
      title.textContent = text
      back.hidden = !canGoBack
    },
  }
}

/** The colours of the two bars above, as custom properties of the phone's screen. */
export function colourBars(screen: HTMLElement, look: BarLook | undefined): void {
  setOrDrop(screen, '--bar', look?.background)
  setOrDrop(screen, '--bar-ink', look?.front)
}

export function colourTabs(screen: HTMLElement, look: TabLook): void {
  setOrDrop(screen, '--tab-ink', look.text)
  setOrDrop(screen, '--tab-on', look.selected)
  setOrDrop(screen, '--tab-ground', look.background)
  setOrDrop(screen, '--tab-line', look.line)
}

function setOrDrop(screen: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) screen.style.removeProperty(name)
  else screen.style.setProperty(name, value)
}

function drawing(svg: string): HTMLElement {
  const place = element('span', { className: 'drawing' })
  place.innerHTML = svg
  return place
}
