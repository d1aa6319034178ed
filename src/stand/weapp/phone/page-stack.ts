import type { BarLook } from '../../shell/shell-of-phone'
import { codeSpace, place } from './code-space'
import { meter, metered } from './meter'
import { load } from './modules'
import { PAGES, phoneShell, program, resolvePath, TAB_PAGES } from './program'
import { configuredBar } from './theme'

type PageInstance = Record<string, unknown> & {
  route: string
  onLoad?: (query: object) => void
  onShow?: () => void
  onReady?: () => void
  onHide?: () => void
  onUnload?: () => void
  onReachBottom?: () => void
  onPullDownRefresh?: () => void
}
type OpenPage = {
  instance: PageInstance
  host: HTMLElement
  release: () => void
  ready: Promise<void>
  title?: string
  /** Colours that the page gave its bar and its ground itself. */
  bar?: BarLook
  ground?: string
  scrollTop: number
}

const MOST_PAGES = 10
const stack: OpenPage[] = []
const keptTabs = new Map<string, OpenPage>()
const styles = new Map<string, HTMLStyleElement>()

export function openPages(): PageInstance[] {
  return stack.map((page) => page.instance)
}

export function topPage(): OpenPage {
  const page = stack.at(-1)
  if (page === undefined) throw new Error('no page is open')
  return page
}

/** Tells the phone what its bars show now. */
export function tellShell(): void {
  const { instance, title, bar, ground = '' } = topPage()
  const { route } = instance
  const own = program.json[route]?.navigationBarTitleText
  document.body.style.background = ground
  const tab = TAB_PAGES.indexOf(route)
  phoneShell()?.showPage({
    title: title ?? own ?? program.json.app.window?.navigationBarTitleText ?? '',
    tab: tab < 0 ? undefined : tab,
    canGoBack: stack.length > 1,
    bar: bar ?? configuredBar(program.json[route]),
  })
}

/** Opens a page above the others. */
export function pushPage(url: string): Promise<void> {
  const { path, query } = readUrl(url)
  if (TAB_PAGES.includes(path) && stack.length > 0)
    throw new Error('can not navigateTo a tabbar page')
  if (stack.length >= MOST_PAGES) throw new Error('webview count limit exceed')
  const under = stack.at(-1)
  if (under !== undefined) hide(under)
  const page = create(path, query)
  stack.push(page)
  begin(page, query)
  return page.ready
}

/** Puts a page into the place of the one on top. */
export function replacePage(url: string): Promise<void> {
  const { path, query } = readUrl(url)
  drop(topPage())
  stack.pop()
  const page = create(path, query)
  stack.push(page)
  begin(page, query)
  return page.ready
}

/** Shows a tab; tabs stay alive below, all other pages end. */
export function showTab(url: string): void {
  const { path } = readUrl(url)
  if (!TAB_PAGES.includes(path)) throw new Error('can not switch to no-tabBar page')
  const before = topPage()
  if (before.instance.route === path && stack.length === 1) return
  for (const page of stack.splice(0).reverse()) {
    if (TAB_PAGES.includes(page.instance.route)) {
      if (page === before) hide(page)
    } else drop(page)
  }
  const kept = keptTabs.get(path)
  if (kept !== undefined) {
    stack.push(kept)
    reveal(kept)
    return
  }
  const page = create(path, {})
  stack.push(page)
  begin(page, {})
}

export function goBack(delta = 1): void {
  const steps = Math.min(delta, stack.length - 1)
  if (steps < 1) throw new Error('cannot navigate back at first page')
  for (const page of stack.splice(stack.length - steps).reverse()) drop(page)
  reveal(topPage())
}

/** What the page on top says of its own bar and ground. */
export function dressTop(look: { title?: string; bar?: BarLook; ground?: string }): void {
  Object.assign(topPage(), look)
  tellShell()
}

/** What is before the question mark, absolute, and what is behind it, decoded once as Taro reads it. */
function readUrl(url: string): { path: string; query: Record<string, string> } {
  const [path = '', query = ''] = url.split('?')
  const absolute = resolvePath(path, stack.at(-1)?.instance.route ?? '')
  if (!PAGES.includes(absolute)) throw new Error(`page "${absolute}" is not found`)
  return { path: absolute, query: Object.fromEntries(new URLSearchParams(query)) }
}

function create(path: string, query: Record<string, string>): OpenPage {
  load(path)
  addStyle(path)
  const host = document.createElement('div')
  host.className = 'page'
  const placeholder = document.createElement('i')
  host.append(placeholder)
  document.body.append(host)
  const root = place.createRoot('wx-page', codeSpace, `/${path}`)
  const instance = root.get() as unknown as PageInstance
  Object.assign(instance, { route: path, __route__: path, options: query })
  metered(instance as never)
  root.attach(host as never, placeholder as never)
  const page: OpenPage = {
    instance,
    host,
    release: () => root.release(),
    ready: Promise.resolve(),
    scrollTop: 0,
  }
  if (TAB_PAGES.includes(path)) keptTabs.set(path, page)
  return page
}

function begin(page: OpenPage, query: object): void {
  page.instance.onLoad?.(query)
  reveal(page)
  meter.busy += 1
  page.ready = new Promise((resolve) => {
    requestAnimationFrame(() =>
      setTimeout(() => {
        page.instance.onReady?.()
        meter.busy -= 1
        resolve()
      }),
    )
  })
}

function reveal(page: OpenPage): void {
  page.host.hidden = false
  for (const [path, style] of styles) {
    style.disabled = path !== 'app' && path !== page.instance.route
  }
  window.scrollTo(0, page.scrollTop)
  page.instance.onShow?.()
  tellShell()
}

function hide(page: OpenPage): void {
  page.scrollTop = window.scrollY
  page.host.hidden = true
  page.instance.onHide?.()
}

function drop(page: OpenPage): void {
  page.instance.onUnload?.()
  page.release()
  page.host.remove()
}

/** A page's styles apply while it is on top: in WeChat each page is a web view of its own. */
export function addStyle(path: string): void {
  const text = program.styles[path]
  if (styles.has(path) || text === undefined) return
  const style = document.createElement('style')
  style.textContent = text
  document.head.append(style)
  styles.set(path, style)
}
