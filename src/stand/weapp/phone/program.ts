import type { ShellOfPhone } from '../../shell/shell-of-phone'

export type Theme = 'light' | 'dark'

/** The compiled mini-program, as compile-program puts it into the page. */
export type Program = {
  json: Record<string, PageJson> & { app: AppJson; theme?: Record<Theme, Record<string, string>> }
  styles: Record<string, string>
  attributes: Record<string, string[]>
  templates: Record<string, unknown>
  modules: Record<string, (this: undefined, ...given: unknown[]) => void>
}
export type PageJson = {
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  navigationBarTextStyle?: string
  usingComponents?: Record<string, string>
  enablePullDownRefresh?: boolean
}
export type AppJson = PageJson & {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
  window?: PageJson
  tabBar?: { list: { pagePath: string; text: string }[] } & Partial<TabBarColours>
}

export type TabBarColours = {
  color: string
  selectedColor: string
  backgroundColor: string
  borderStyle: string
}

declare global {
  interface Window {
    program: Program
  }
}

export const program = window.program

/** The phone around this page; absent where the page stands alone. */
export function phoneShell(): ShellOfPhone | undefined {
  return (window.parent as Window).phoneShell
}

/** Every page there is, with its whole path. */
export const PAGES: readonly string[] = [
  ...program.json.app.pages,
  ...(program.json.app.subPackages ?? []).flatMap(({ root, pages }) =>
    pages.map((page) => `${root.replace(/\/$/, '')}/${page}`),
  ),
]
export const TAB_PAGES: readonly string[] = (program.json.app.tabBar?.list ?? []).map(
  ({ pagePath }) => pagePath,
)

/** A path in a page's own terms: absolute with a slash in front, else relative to `from`. */
export function resolvePath(path: string, from: string): string {
  if (path.startsWith('/')) return path.slice(1)
  const parts = from.split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}
